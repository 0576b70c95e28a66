import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { glob } from 'tinyglobby';
import { generateSampleCompany } from '../../../pipelines/sample/generate.ts';

const site = 'https://gates.example';

/**
 * The exports of the sample company, with ids that any system can have: records and visitors are
 * numbers, and pages whole addresses that hold the click.
 * @param since first day of ad cost and visits, of which there are many
 */
export async function writeSampleExports(
    directory: string,
    factor: number,
    since: string,
): Promise<void> {
    await generateSampleCompany({ directory, factor });
    for (const file of await glob('{google_ads,meta_ads}/**/*.csv', { cwd: directory })) {
        const path = join(directory, file);
        const text = readFileSync(path, 'utf8');
        writeFileSync(
            path,
            text.replace(/^\d{4}-\d\d-\d\d,.*\r?\n/gm, (line) => (line < since ? '' : line)),
        );
    }
    for (const file of await glob('{crm,finance,forms,orders,quality,service}/*.csv', {
        cwd: directory,
    })) {
        const path = join(directory, file);
        const text = readFileSync(path, 'utf8')
            // Of leads, deals, activities, events and clients.
            .replace(/\b[LDAEC]-0*(\d+)\b/g, '$1')
            .replace(/\bv([0-9a-f]{12})\b/g, (_, hex: string) => visitorNumber(hex))
            .replace(/,(\/(?:gates|parts)\/[\w-]+)/g, `,${site}$1`);
        writeFileSync(path, text);
    }
    for (const file of await glob('web/*.ndjson.gz', { cwd: directory })) {
        const path = join(directory, file);
        const text = gunzipSync(readFileSync(path))
            .toString('utf8')
            .replace(/^.*"ts":"(.*?)".*\n/gm, (line, at: string) => (at < since ? '' : line))
            .replace(/"session_id":"s/g, '"session_id":"')
            .replace(
                /"visitor":"v([0-9a-f]{12})"/g,
                (_, hex: string) => `"visitor":"${visitorNumber(hex)}"`,
            )
            .replace(/"page":"(.*?)"(.*?"click_id":"(\w+?)\.(\w+)")?/g, withClick);
        writeFileSync(path, gzipSync(text));
    }
}

const visitorNumber = (hex: string) => String(Number.parseInt(hex, 16));

function withClick(_: string, page: string, rest = '', kind?: string, click?: string): string {
    return `"page":"${site}${page}${kind ? `?${kind}=${click}` : ''}"${rest}`;
}
