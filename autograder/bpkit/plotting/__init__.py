"""Pictures of what a student's own functions do: data from workers, drawn by matplotlib, or written for TensorBoard."""
