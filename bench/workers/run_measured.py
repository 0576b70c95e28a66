"""run_measured.py PROGRAM ARGUMENT...: what a program and everything it starts took."""

import json
import resource
import subprocess
import sys
import time

start = time.perf_counter()
done = subprocess.run(sys.argv[1:], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
seconds = time.perf_counter() - start
if done.returncode != 0:
    sys.exit(f"{' '.join(sys.argv[1:])} ended with {done.returncode}:\n{done.stdout}")
used = resource.getrusage(resource.RUSAGE_CHILDREN)
# Linux counts kilobytes here, macOS bytes. It is the peak of the largest process.
unit = 1 if sys.platform == "darwin" else 1024
report = {
    "seconds": seconds,
    "processorSeconds": used.ru_utime + used.ru_stime,
    "peakBytes": used.ru_maxrss * unit,
}
print(json.dumps(report))
