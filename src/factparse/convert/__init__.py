"""Run the conversion over many inputs: who does which part, in what order, and where the output goes."""
