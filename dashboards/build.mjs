#!/usr/bin/env node
// Builds the static site of one company with a Node that runs TypeScript source. `--help` lists the
// options.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { projectNode, ROOT } from '../pipelines/setup/paths.mjs';
import { isAtLeast, MIN_PROJECT_NODE, parseVersion } from '../pipelines/setup/versions.mjs';

if (isAtLeast(parseVersion(process.version), MIN_PROJECT_NODE)) {
    await import('./building/main.ts');
} else {
    const main = fileURLToPath(new URL('./building/main.ts', import.meta.url));
    const { status } = spawnSync(projectNode(ROOT), [main, ...process.argv.slice(2)], {
        stdio: 'inherit',
    });
    process.exitCode = status ?? 1;
}
