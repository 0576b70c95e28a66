// npm run check, npm run check:fast (--fast): every check, fast ones first.
import { spawn } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { FAST_CHECKS, SLOW_TESTS } from './steps.mjs';
import { closingLine, sumTallies, tallyOf } from './tally.mjs';

/** @typedef {import('./steps.mjs').Check} Check */
/** @typedef {import('./tally.mjs').Tally} Tally */

const ROOT = resolve(import.meta.dirname, '..');
const REPORTS = join(ROOT, 'test-results');

rmSync(REPORTS, { recursive: true, force: true });
mkdirSync(REPORTS, { recursive: true });

const isFast = process.argv.includes('--fast');
const tallies = await runFastChecks();
const isCheapPartGreen = sumTallies(tallies).failed === 0;
if (!isFast && isCheapPartGreen) {
    print(`\n${SLOW_TESTS.name}`);
    tallies.push(tallyOf(await run(SLOW_TESTS, 'inherit')));
}
if (!isFast && !isCheapPartGreen) print('\nThe slow tests did not run: the fast checks failed.');
const total = sumTallies(tallies);
process.exitCode = total.failed === 0 ? 0 : 1;
print(`\n${closingLine(total)}`);

/** Two at a time, on as many cores as the smallest machine has, the longest one first. */
async function runFastChecks() {
    /** @type {Tally[]} */
    const done = [];
    const waiting = FAST_CHECKS.filter(({ isSlow }) => !(isFast && isSlow));
    const worker = async () => {
        for (let check = waiting.shift(); check !== undefined; check = waiting.shift()) {
            const begin = performance.now();
            const { isOk, output, report } = await run(check, 'pipe');
            const seconds = ((performance.now() - begin) / 1000).toFixed(1);
            print(`  ${isOk ? 'ok  ' : 'fail'}  ${check.name.padEnd(20)} ${seconds} s`);
            if (!isOk) print(`${output.trimEnd()}\n`);
            done.push(tallyOf({ isOk, report }));
        }
    };
    await Promise.all([worker(), worker()]);
    return done;
}

/**
 * @param {Check} check
 * @param {'pipe' | 'inherit'} output
 * @returns {Promise<{ isOk: boolean, output: string, report?: string | undefined }>} `report` of tests
 */
function run({ name, command, env, hasReport }, output) {
    const [program = '', ...args] = command;
    const report = hasReport ? join(REPORTS, `${name.replaceAll(/\W+/g, '-')}.json`) : undefined;
    if (report) args.push('--reporter=default', '--reporter=json', `--outputFile.json=${report}`);
    const path = `${join(ROOT, 'node_modules', '.bin')}${delimiter}${process.env.PATH}`;
    return new Promise((done) => {
        const child = spawn(program, args, {
            cwd: ROOT,
            env: { ...process.env, PATH: path, ...env },
            stdio: ['ignore', output, output],
            // Commands in node_modules/.bin are batch files there.
            shell: process.platform === 'win32',
        });
        let said = '';
        child.stdout?.on('data', (chunk) => {
            said += chunk;
        });
        child.stderr?.on('data', (chunk) => {
            said += chunk;
        });
        child.on('error', ({ message }) => done({ isOk: false, output: message }));
        child.on('close', (code) => done({ isOk: code === 0, output: said, report }));
    });
}

/** @param {string} line */
function print(line) {
    process.stdout.write(`${line}\n`);
}
