
"use strict";
{
  const data = JSON.parse(document.getElementById("data").textContent);
  const [heat, form, about] = ["heat", "filters", "about"].map((id) => document.getElementById(id));
  const body = heat.tBodies[0];
  const rows = [...body.rows].map((row, place) => ({ row, place, name: data.rows[place][0].toLocaleLowerCase(),
    score: data.rows[place][1], letters: data.rows[place][2], points: data.rows[place][3], made: [] }));
  const order = data.kinds.map(([letter]) => letter).join("");
  const words = Object.fromEntries(data.kinds);
  const said = new Map(rows.map((one) => [one.row, one]));
  data.mistakes.forEach(([, , students], mistake) => students.forEach((place) => rows[place].made.push(mistake)));

  // One cell can be reached with Tab; from there the arrow keys move, and the line below says what a cell is about.
  const FIRST = 2;
  let current = null;
  const reach = (cell, focus) => {
    if (!cell || cell.cellIndex < FIRST) return;
    if (current) current.tabIndex = -1;
    current = cell;
    cell.tabIndex = 0;
    if (focus) cell.focus();
  };
  const reachFirst = () => {
    if (!current || current.parentElement.hidden) reach(rows.find((one) => !one.row.hidden)?.row.cells[FIRST], false);
  };

  const mark = (exercise) => {
    heat.querySelector(".now")?.classList.remove("now");
    const head = exercise === "" ? null : heat.querySelector(`[data-sort="${exercise}"]`);
    head?.classList.add("now");
    head?.scrollIntoView({ block: "nearest", inline: "center" });
  };

  // Filters: a row is shown if one exercise, or the one that is chosen, meets all that is asked for.
  const chosen = (name) => form.elements[name].value;
  const filter = () => {
    const text = chosen("student").trim().toLocaleLowerCase();
    const [exercise, status, mistake] = [chosen("exercise"), chosen("status"), chosen("mistake")];
    let shown = 0;
    for (const one of rows) {
      const letters = exercise === "" ? one.letters : one.letters[exercise];
      const fits = one.name.includes(text) && (status === "" || letters.includes(status)) &&
        (mistake === "" || (one.made.includes(+mistake) && (exercise === "" || data.mistakes[mistake][0] === +exercise)));
      one.row.hidden = !fits;
      shown += fits;
    }
    mark(exercise === "" && mistake !== "" ? data.mistakes[mistake][0] : exercise);
    reachFirst();
    form.elements.shown.value = `${shown} of ${rows.length} shown`;
  };
  form.hidden = false;
  form.addEventListener("input", filter);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(filter));
  filter();

  for (const button of document.querySelectorAll(".show")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      form.reset();
      form.elements.mistake.value = button.dataset.mistake;
      filter();
      heat.parentElement.scrollTop = 0;
      document.getElementById("table").scrollIntoView();
      form.elements.mistake.focus({ preventScroll: true });
    });
  }

  // Sorting: a first click brings what needs attention to the top, a second one turns it round.
  const compare = new Intl.Collator(undefined, { numeric: true }).compare;
  const by = (key) => {
    if (key === "name") return (one, other) => compare(one.name, other.name);
    if (key === "score") return (one, other) => one.score - other.score;
    return (one, other) => order.indexOf(other.letters[key]) - order.indexOf(one.letters[key]);
  };
  const nothing = (one, key) => (key === "score" ? one.score === null : key !== "name" && one.letters[key] === "x");
  for (const head of heat.querySelectorAll("[data-sort]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const turned = head.getAttribute("aria-sort") === "ascending";
      heat.querySelector("[aria-sort]")?.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", turned ? "descending" : "ascending");
      const key = head.dataset.sort;
      const first = by(key);
      // Who has no result stays at the end either way, and who is equal in the order of the list.
      rows.sort((one, other) => nothing(one, key) - nothing(other, key) || (turned ? -1 : 1) * first(one, other) ||
        one.place - other.place);
      body.append(...rows.map((one) => one.row));
    });
  }

  const tell = (cell) => {
    const one = cell && said.get(cell.parentElement);
    const place = cell ? cell.cellIndex - FIRST : -1;
    about.hidden = !one || place < 0;
    if (about.hidden) return;
    const [title, most] = data.exercises[place];
    const letter = one.letters[place];
    const points = letter === "x" ? "" : `, ${one.points[place]} of ${most} points`;
    const mistakes = one.made.filter((mistake) => data.mistakes[mistake][0] === place).map((id) => data.mistakes[id][1]);
    about.textContent = [`${cell.parentElement.cells[0].innerText} · ${title}: ${words[letter]}${points}.`, ...mistakes].join(" ");
  };
  const beside = (row, step) => {
    do row = step > 0 ? row.nextElementSibling : row.previousElementSibling; while (row && row.hidden);
    return row;
  };
  body.addEventListener("pointerover", (event) => tell(event.target.closest("td")));
  body.addEventListener("focusin", (event) => tell(event.target.closest("td")));
  body.addEventListener("click", (event) => reach(event.target.closest("td"), true));
  body.addEventListener("keydown", (event) => {
    const cell = event.target.closest("td");
    if (!cell || event.target !== cell) return;
    const row = cell.parentElement;
    const to = { ArrowLeft: () => cell.previousElementSibling, ArrowRight: () => cell.nextElementSibling,
      ArrowUp: () => beside(row, -1)?.cells[cell.cellIndex], ArrowDown: () => beside(row, 1)?.cells[cell.cellIndex],
      Home: () => row.cells[FIRST], End: () => row.lastElementChild }[event.key];
    if (event.key === "Enter") row.querySelector("a").click();
    else if (to) reach(to(), true);
    else return;
    event.preventDefault();
  });
}
