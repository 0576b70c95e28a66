// node --import processor-time.ts PROGRAM ...: prints a line of JSON when the program ends.
import { writeSync } from 'node:fs';

process.on('exit', () => {
    const { user, system } = process.cpuUsage();
    writeSync(2, `${JSON.stringify({ processorSeconds: (user + system) / 1e6 })}\n`);
});
