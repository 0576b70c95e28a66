#!/usr/bin/env node
// Starts the CLI with a Node that runs TypeScript source, once everything is installed.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import module from 'node:module';
import { constants } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { projectNode, ROOT } from '../pipelines/setup/paths.mjs';
import { staleInstallations } from '../pipelines/setup/set-up.mjs';
import { isAtLeast, MIN_PROJECT_NODE, parseVersion } from '../pipelines/setup/versions.mjs';

const NOT_SET_UP = 2;

const stale = staleInstallations();
if (stale.length > 0) {
    process.stderr.write(
        `Error: set-up is missing or out of date: ${stale.join(', ')}.\n` +
            `Fix:   npm run setup   (in ${ROOT})\n`,
    );
    process.exitCode = NOT_SET_UP;
} else if (isAtLeast(parseVersion(process.version), MIN_PROJECT_NODE)) {
    keepCompiled();
    await import('../pipelines/cli.ts');
} else {
    runWithProjectNode();
}

/** A start takes a third less when Node keeps what it compiled, here and in the programs it starts. */
function keepCompiled() {
    process.env.NODE_COMPILE_CACHE ??= join(ROOT, 'node_modules', '.cache', 'node');
    module.enableCompileCache(process.env.NODE_COMPILE_CACHE);
}

function runWithProjectNode() {
    const node = projectNode(ROOT);
    if (!existsSync(node)) {
        process.stderr.write(
            `Error: Node.js ${MIN_PROJECT_NODE[0]} or later is needed; this is ${process.version}.\n` +
                'Fix:   install Node.js 24; no npm package of it fits this platform.\n',
        );
        process.exitCode = NOT_SET_UP;
        return;
    }
    const self = fileURLToPath(import.meta.url);
    const args = ['--disable-warning=ExperimentalWarning', self, ...process.argv.slice(2)];
    const child = spawn(node, args, { stdio: 'inherit' });
    for (const signal of /** @type {const} */ (['SIGTERM', 'SIGHUP'])) {
        process.on(signal, () => child.kill(signal));
    }
    // A terminal sends Ctrl-C to both processes; passing it on would make it two.
    process.on('SIGINT', () => process.stdin.isTTY || child.kill('SIGINT'));
    child.on('close', (code, signal) => {
        process.exit(code ?? 128 + (signal === null ? 0 : constants.signals[signal]));
    });
}
