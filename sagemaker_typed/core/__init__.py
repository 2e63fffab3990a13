"""The hand-written runtime that generated code stands on."""
