// Adds to a package-lock.json the packages for other platforms that the registry did not show when
// the lockfile was made. `npm ci` refuses a lockfile without them, on every platform. They are
// pinned to the exact version their parent asks for, and to the hash the registry names for it:
// what is installed on somebody else's machine is checked like what is installed here.
//
// Run by `npm run lock`, for each folder named on the command line.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withMissingPlatforms, withoutIntegrity } from './missing-platforms.mjs';
import { askIntegrity } from './npm.mjs';

for (const folder of process.argv.slice(2)) {
    const file = join(folder, 'package-lock.json');
    const lock = JSON.parse(readFileSync(file, 'utf8'));
    const { packages, added } = withMissingPlatforms(lock.packages);
    const unchecked = withoutIntegrity(packages);
    for (const { place, name, version } of unchecked) {
        packages[place] = { ...packages[place], integrity: await askIntegrity(name, version) };
    }
    writeFileSync(file, `${JSON.stringify({ ...lock, packages }, null, 4)}\n`);
    process.stderr.write(
        `${file}: ${added.length} packages for other platforms added, ${unchecked.length} hashes\n`,
    );
}
