// Builds the static site of one company from one warehouse file: what `build.mjs` runs.

import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { messagesFile, readCatalogue } from '../messages/catalogue.ts';
import { createWords } from '../messages/words.ts';
import { assembleTemplate } from './assemble.ts';
import { buildPages } from './bundle.ts';
import { serveForAuthors } from './dev.ts';
import { endWithInput } from './end-with-input.ts';
import { BuildError, messageOf } from './errors.ts';
import { exportData, findFiscalPeriods } from './export-data.ts';
import { publishSite } from './publish-site.ts';
import { clearSiteData } from './site-data.ts';
import { takeTurn } from './turn.ts';

const HELP = `Examples:
  node build.mjs --warehouse warehouse.duckdb --out site --company "Gates & Parts" --currency EUR
  node build.mjs --warehouse warehouse.duckdb --dev      pages reload while they are written
  node build.mjs --warehouse warehouse.duckdb --out site --clean

Options:
  --warehouse FILE   DuckDB file with the marts, opened read-only (or JOINTLY_WAREHOUSE)
  --out DIR          where the finished site goes; replaced in one step, untouched on failure
  --company NAME     company name in the page header
  --currency CODE    ISO 4217 code for the formats money, money_exact, money_short (default EUR)
  --language CODE    language of the words (default en); --number-locale CODE of numbers and days (en-GB)
  --messages FILE    texts to take instead of the language's own
  --command-options TEXT   what the commands that the pages print are given, such as "--config company.json"
  --clean            compile the pages even when their code is unchanged
  --end-with-input   stop when standard input, a pipe, closes: the program that started this is gone
  --dev              start a server for page authors on --port (default 3000) instead of building
`;

async function main(): Promise<void> {
    const { values } = parseArgs({
        options: {
            warehouse: { type: 'string', default: process.env.JOINTLY_WAREHOUSE },
            out: { type: 'string' },
            company: { type: 'string', default: 'Your company' },
            currency: { type: 'string', default: 'EUR' },
            language: { type: 'string', default: 'en' },
            'number-locale': { type: 'string', default: 'en-GB' },
            messages: { type: 'string' },
            'command-options': { type: 'string', default: '' },
            port: { type: 'string', default: '3000' },
            clean: { type: 'boolean', default: false },
            'end-with-input': { type: 'boolean', default: false },
            dev: { type: 'boolean', default: false },
            help: { type: 'boolean', default: false },
        },
    });
    if (values.help) {
        process.stdout.write(HELP);
        return;
    }
    const { warehouse, out } = values;
    if (!warehouse) throw new BuildError('--warehouse FILE is missing', { exitCode: 2 });
    if (!out && !values.dev) throw new BuildError('--out DIR is missing', { exitCode: 2 });

    if (values['end-with-input']) endWithInput();
    const release = await takeTurn();
    try {
        const { company, currency, language } = values;
        const catalogue = readCatalogue(values.messages ?? messagesFile(language));
        const settings = {
            language,
            number_locale: values['number-locale'],
            currency,
            fiscal_periods: await findFiscalPeriods(resolve(warehouse)),
        };
        const commandOptions = values['command-options'];
        const site = { company, commandOptions, words: createWords(catalogue, settings) };
        const tables = await step('export', () => exportData(resolve(warehouse), site));
        await step('assemble', () => assembleTemplate(site.words));
        if (values.dev || !out) return await serveForAuthors(Number(values.port), site.words);
        const built = await step('pages', () => buildPages({ clean: values.clean }));
        await step('write', () => publishSite(resolve(out)));
        say(
            `Done. TABLES=${tables.length} PAGES=${built.pages} COMPILED=${built.compiled ? 1 : 0} ERROR=0 in ${seconds(0)}s`,
        );
    } finally {
        clearSiteData();
        await release();
    }
}

async function step<Result>(name: string, run: () => Result | Promise<Result>): Promise<Result> {
    const before = performance.now();
    const result = await run();
    say(`${name} ${seconds(before)}s`);
    return result;
}

const seconds = (since: number) => ((performance.now() - since) / 1000).toFixed(1);

const say = (line: string) => process.stderr.write(`${line}\n`);

const codeOf = (error: unknown) => (error as NodeJS.ErrnoException).code;

main().catch((error: unknown) => {
    const isWrongCall = codeOf(error)?.startsWith('ERR_PARSE_ARGS') ?? false;
    const isExpected = error instanceof BuildError || isWrongCall;
    say(isExpected ? `Error: ${messageOf(error)}` : ((error as Error).stack ?? String(error)));
    process.exitCode = error instanceof BuildError ? error.exitCode : isWrongCall ? 2 : 1;
});
