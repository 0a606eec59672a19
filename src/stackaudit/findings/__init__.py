"""What was found and what gates: statuses, folding, money, the gate and its verdict."""
