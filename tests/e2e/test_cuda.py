"""References from a CUDA device: they agree with those from the CPU, and verdicts made with them do too.

They run wherever PyTorch sees such a device: `pytest -m gpu`.
"""

import pytest

torch = pytest.importorskip("torch", reason="recording needs PyTorch")

from bpkit.course import catalog  # noqa: E402
from bpkit.reference import agreement, torch_reference  # noqa: E402
from bpkit.reference.pack import open_file  # noqa: E402

pytestmark = [
    pytest.mark.gpu,
    pytest.mark.skipif(not torch.cuda.is_available(), reason="PyTorch sees no CUDA device on this machine"),
]


@pytest.mark.parametrize("exercise_id", catalog.ids())
def test_cuda_agrees_with_the_cpu(exercise_id):
    """Every array of every case, to 1e-9 of its largest value."""
    exercise = catalog.find(exercise_id)
    for unit in exercise.units:
        for index in range(len(unit.cases)):
            torch_reference.prepare("cuda")
            cuda = torch_reference.record(unit, index, 0, "cuda")
            cpu = torch_reference.record(unit, index, 0, "cpu")
            apart = [one for one in agreement.of_recordings(cuda, cpu) if one.share > agreement.AGREE]
            assert apart == []


def test_a_pack_from_cuda(tmp_path, cli):
    """It says which device made it, can be made again to the byte, and is compared with the CPU's."""
    for name, device in (("cpu", "cpu"), ("one", "cuda"), ("two", "auto")):
        ran = cli("record", "layers", "--device", device, "--out", f"{name}.pack", cwd=tmp_path)
        assert (ran.code, ran.err) == (0, "")
    assert open_file(tmp_path / "one.pack").origin.device.startswith(f"cuda ({torch.cuda.get_device_name()}")
    assert (tmp_path / "one.pack").read_bytes() == (tmp_path / "two.pack").read_bytes()
    ran = cli(
        "record", "layers", "--device", "cuda", "--against", "cpu.pack", "--out", "three.pack", cwd=tmp_path
    )
    assert ran.code == 0
    assert "all agree." in ran.out


def test_a_check_with_cuda(student):
    """Fresh references from a CUDA device pass what is right, and name a mistake."""
    student.save(student.right)
    assert student.check("linear", "--fresh", "--device", "cuda").code == 0
    student.edit("db = dy.sum(axis=0)", "db = dy.mean(axis=0)")
    judged = student.check("linear", "--fresh", "--device", "cuda", "--seed", "5")
    assert judged.part("linear_backward")["findings"][0]["mistake"] == "bias-averaged"
