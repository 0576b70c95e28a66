#!/usr/bin/env node
// Builds the static site of one company from one warehouse file. `node build.mjs --help` lists the options.

import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import lockfile from 'proper-lockfile';
import { assembleTemplate, clearSiteData } from './building/assemble.mjs';
import { buildPages } from './building/bundle.mjs';
import { serveForAuthors } from './building/dev.mjs';
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
  --clean            compile the pages even when their code is unchanged
  --dev              start a server for page authors on --port (default 3000) instead of building
`;

async function main() {
    const { values } = parseArgs({
        options: {
            warehouse: { type: 'string', default: process.env.JOINTLY_WAREHOUSE },
            out: { type: 'string' },
            company: { type: 'string', default: 'Your company' },
            currency: { type: 'string', default: 'EUR' },
            port: { type: 'string', default: '3000' },
            clean: { type: 'boolean', default: false },
            dev: { type: 'boolean', default: false },
            help: { type: 'boolean', default: false },
        },
    });
    if (values.help) return process.stdout.write(HELP);
    if (!values.warehouse) throw new BuildError('--warehouse FILE is missing', { exitCode: 2 });
    if (!values.out && !values.dev) throw new BuildError('--out DIR is missing', { exitCode: 2 });

    mkdirSync(WORK, { recursive: true });
    // One working folder serves every company, so builds take turns (up to about two minutes' wait).
    const release = await lockfile.lock(WORK, { stale: 30_000, retries: { retries: 120, minTimeout: 1000, maxTimeout: 1000 } });
    try {
        const site = { company: values.company, currency: values.currency };
        const tables = await step('export', () => exportData(resolve(values.warehouse), site));
        await step('assemble', assembleTemplate);
        if (values.dev) return await serveForAuthors(Number(values.port));
        const built = await step('pages', () => buildPages({ clean: values.clean }));
        await step('write', () => publishSite(resolve(values.out)));
        console.error(`Done. TABLES=${tables.length} PAGES=${built.pages} COMPILED=${built.compiled ? 1 : 0} ERROR=0 in ${seconds(0)}s`);
    } finally {
        clearSiteData();
        await release();
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
    console.error(`${name} ${seconds(before)}s`);
    return result;
}

/** @param {number} since */
const seconds = (since) => ((performance.now() - since) / 1000).toFixed(1);

main().catch((error) => {
    console.error(error instanceof BuildError || error.code?.startsWith('ERR_PARSE_ARGS') ? `Error: ${error.message}` : error);
    process.exitCode = error.exitCode ?? (error.code?.startsWith('ERR_PARSE_ARGS') ? 2 : 1);
});
