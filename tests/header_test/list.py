"""Prints the headers below a folder, one a line, as they are named in #include lines."""
import os
import sys

root = sys.argv[1]
found = []
for folder, _, names in os.walk(root):
    for name in names:
        if name.endswith(".h"):
            found.append(os.path.relpath(os.path.join(folder, name), root))
print("\n".join(sorted(found)))
