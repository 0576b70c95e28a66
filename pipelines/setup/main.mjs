import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { isInNodeModules } from './paths.mjs';
import { setUp } from './set-up.mjs';
import { formatSetupError, SetupError } from './setup-error.mjs';

const USAGE = `Usage: npm run setup [-- --tests]

Installs what Jointly needs into this folder; quick when nothing changed.
  --tests   also what only the tests need: the SQL linter and a browser`;

const OUR_BUG = 5;
const INTERRUPTED = 130;

process.exitCode = await main(process.argv.slice(2));

/** @param {string[]} args */
async function main(args) {
    const unknown = args.filter((arg) => arg !== '--tests');
    if (unknown.length > 0) {
        print(USAGE);
        return unknown.every((arg) => arg === '--help') ? 0 : 2;
    }
    // An installation replaces node_modules; where a running program's file is locked, a Node from
    // in there would stand in its own way.
    const { npm_node_execpath: outerNode } = process.env;
    if (isInNodeModules(process.execPath) && outerNode && !isInNodeModules(outerNode)) {
        const self = [fileURLToPath(import.meta.url), ...args];
        return spawnSync(outerNode, self, { stdio: 'inherit' }).status ?? INTERRUPTED;
    }
    for (const signal of ['SIGINT', 'SIGTERM']) {
        process.once(signal, () => process.exit(INTERRUPTED));
    }
    try {
        const failures = await setUp({ tests: args.includes('--tests'), print });
        return failures[0]?.exitCode ?? 0;
    } catch (error) {
        if (error instanceof SetupError) {
            print(formatSetupError(error));
            return error.exitCode;
        }
        print(error instanceof Error ? (error.stack ?? error.message) : String(error));
        print('Error: set-up broke in a way it does not know; please report the lines above.');
        return OUR_BUG;
    }
}

/** @param {string} line */
function print(line) {
    process.stderr.write(`${line}\n`);
}
