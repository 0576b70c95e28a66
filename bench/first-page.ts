import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { execa } from 'execa';
import { projectRoot } from '../pipelines/config.ts';
import { realExports } from '../test/sources/exports/all.ts';
import { bytesOf } from '../test/sources/exports/real-export.ts';

/*
 * From a folder of twelve downloads to a served first page, as a new user goes: prints what was typed,
 * what came, and the seconds of each step. `npm run first-page`; set-up is done before.
 */

/** What three departments of one company have, in German, Polish, Russian and English. */
const downloads = [
    ['google-ads-ui', 'German'],
    ['meta-ads-manager', 'Polish'],
    ['linkedin-campaign-manager', 'UTF-16'],
    ['yandex-direct-report', 'two rows of totals'],
    ['yandex-metrica-visits', 'times in UTC'],
    ['ga4-bigquery-events', 'last click'],
    ['hubspot-contacts', 'German'],
    ['hubspot-deals', 'German'],
    ['amocrm-deals', 'Russian'],
    ['bank-statement', 'German'],
    ['yookassa-payments', 'no time'],
    ['stripe-balance', 'itemised'],
] as const;

const company = 'first-page';
const port = 3900;
const folder = mkdtempSync(join(tmpdir(), 'jointly-first-page-'));
const config = join(folder, company, 'company.config.ts');
const start = performance.now();
let typed = 0;

const since = (from: number) => `${((performance.now() - from) / 1000).toFixed(1)} s`;
const say = (text: string) => process.stdout.write(`${text}\n`);

function command(...args: readonly string[]) {
    typed += 1;
    say(`\n$ npx jointly ${args.join(' ')}`);
    return execa('npx', ['jointly', ...args], { cwd: projectRoot, all: true, buffer: true });
}

async function step(...args: readonly string[]): Promise<void> {
    const from = performance.now();
    const { all } = await command(...args);
    say(all);
    say(`[${since(from)}]`);
}

/** What only the company knows of itself. */
const edits: readonly (readonly [string, string])[] = [
    ["name: 'My Company'", "name: 'Zäune & Tore'"],
    ["timezone: 'Europe/Berlin'", "timezone: 'Europe/Bucharest'"],
    ["country: 'DE'", "country: 'RO'"],
];

function edit(): void {
    let text = readFileSync(config, 'utf8');
    say(`\n(in ${basename(config)})`);
    for (const [before, after] of edits) {
        if (!text.includes(before)) throw new Error(`${config} has no ${before}`);
        text = text.replace(before, after);
        say(`- ${before}\n+ ${after}`);
    }
    writeFileSync(config, text);
}

async function firstPage(): Promise<void> {
    const from = performance.now();
    const server = command('serve', '--config', config, '--port', String(port));
    try {
        for await (const line of server.iterable({ from: 'all' })) {
            say(line);
            const address = /http:\/\/\S+/.exec(line)?.[0];
            if (address === undefined) continue;
            const page = await fetch(address);
            const text = await page.text();
            const title = /<h1[^>]*>([^<]+)/.exec(text)?.[1]?.trim();
            say(`GET ${address} ${page.status}, ${text.length} characters: ${title}`);
            say(`[${since(from)}]`);
            if (!page.ok || title === undefined) throw new Error('there is no first page');
            break;
        }
    } finally {
        server.kill('SIGINT');
        await server.catch(() => undefined);
    }
}

await mkdir(join(folder, 'Downloads'));
for (const [layout, variant] of downloads) {
    const found = realExports.find((one) => one.layout === layout && one.variant.includes(variant));
    if (found === undefined) throw new Error(`no export ${layout}: ${variant}`);
    writeFileSync(join(folder, 'Downloads', basename(found.file)), bytesOf(found));
}
rmSync(join(projectRoot, '.jointly', company), { recursive: true, force: true });
try {
    await step('init', join(folder, company), '--from', join(folder, 'Downloads'));
    edit();
    await step('doctor', '--config', config);
    await step('run', '--config', config);
    await firstPage();
    say(
        `\n${downloads.length} downloads to a served first page in ${since(start)}: ` +
            `${typed} commands and ${edits.length} settings typed, no mapping of a column`,
    );
} finally {
    rmSync(folder, { recursive: true, force: true });
    rmSync(join(projectRoot, '.jointly', company), { recursive: true, force: true });
}
