"""Growth: what each screen, act and command costs in a small place, and in a large one."""
