#!/usr/bin/env node
// Builds the static site of one company from one warehouse file. `node build.mjs --help` lists the options.

import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import lockfile from 'proper-lockfile';
import { assembleTemplate, clearSiteData } from './building/assemble.mjs';
import { buildPages } from './building/bundle.mjs';
import { serveForAuthors } from './building/dev.mjs';
import { endWithInput } from './building/end-with-input.mjs';
import { BuildError } from './building/errors.mjs';
import { exportData } from './building/export-data.mjs';
import { WORK } from './building/paths.mjs';
import { publishSite } from './building/publish-site.mjs';

const HELP = `Examples:
  node build.mjs --warehouse warehouse.duckdb --out site --company "Gates & Parts" --currency EUR
  node build.mjs --warehouse warehouse.duckdb --dev      pages reload while they are written
  node build.mjs --warehouse warehouse.duckdb --out site --clean

Options:
  --warehouse FILE   DuckDB file with the marts, opened read-only (or JOINTLY_WAREHOUSE)
  --out DIR          where the finished site goes; replaced in one step, untouched on failure
  --company NAME     company name in the page header
  --currency CODE    ISO 4217 code for the formats money, money_exact, money_short (default EUR)
  --config FILE      config of the company, named in the commands the pages print
  --clean            compile the pages even when their code is unchanged
  --end-with-input   stop when standard input, a pipe, closes: the program that started this is gone
  --dev              start a server for page authors on --port (default 3000) instead of building
`;

async function main() {
    const { values } = parseArgs({
        options: {
            warehouse: { type: 'string', default: process.env.JOINTLY_WAREHOUSE },
            out: { type: 'string' },
            company: { type: 'string', default: 'Your company' },
            currency: { type: 'string', default: 'EUR' },
            config: { type: 'string' },
            port: { type: 'string', default: '3000' },
            clean: { type: 'boolean', default: false },
            'end-with-input': { type: 'boolean', default: false },
            dev: { type: 'boolean', default: false },
            help: { type: 'boolean', default: false },
        },
    });
    if (values.help) return process.stdout.write(HELP);
    if (!values.warehouse) throw new BuildError('--warehouse FILE is missing', { exitCode: 2 });
    if (!values.out && !values.dev) throw new BuildError('--out DIR is missing', { exitCode: 2 });

    if (values['end-with-input']) endWithInput();
    const release = await takeTurn();
    try {
        const { company, currency, config } = values;
        const site = { company, currency, config };
        const tables = await step('export', () => exportData(resolve(values.warehouse), site));
        await step('assemble', assembleTemplate);
        if (values.dev) return await serveForAuthors(Number(values.port));
        const built = await step('pages', () => buildPages({ clean: values.clean }));
        await step('write', () => publishSite(resolve(values.out)));
        say(
            `Done. TABLES=${tables.length} PAGES=${built.pages} COMPILED=${built.compiled ? 1 : 0} ERROR=0 in ${seconds(0)}s`,
        );
    } finally {
        clearSiteData();
        await release();
    }
}

/** One working folder serves every company, so builds take turns: up to five minutes' wait. */
async function takeTurn() {
    mkdirSync(WORK, { recursive: true });
    const retries = { retries: 300, minTimeout: 1000, maxTimeout: 1000 };
    try {
        return await lockfile.lock(WORK, {
            lockfilePath: join(WORK, 'lock'),
            stale: 30_000,
            retries,
        });
    } catch (error) {
        if (error.code !== 'ELOCKED') throw error;
        throw new BuildError('Another build of the dashboards is running', {
            exitCode: 4,
            cause: error,
        });
    }
}

/**
 * @template T
 * @param {string} name
 * @param {() => T | Promise<T>} run
 */
async function step(name, run) {
    const before = performance.now();
    const result = await run();
    say(`${name} ${seconds(before)}s`);
    return result;
}

/** @param {number} since */
const seconds = (since) => ((performance.now() - since) / 1000).toFixed(1);

/** @param {string} line */
const say = (line) => process.stderr.write(`${line}\n`);

main().catch((error) => {
    const isWrongCall = error.code?.startsWith('ERR_PARSE_ARGS');
    say(error instanceof BuildError || isWrongCall ? `Error: ${error.message}` : error.stack);
    process.exitCode = error.exitCode ?? (isWrongCall ? 2 : 1);
});
