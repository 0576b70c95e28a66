import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { glob } from 'tinyglobby';

/** Exports that grow by the day, one line a row. */
const growing = ['web/sessions_*.ndjson.gz', 'crm/lead_events.csv', 'crm/activities.csv'];

/**
 * Takes the rows of a day out of the sample's exports, as they were the evening before.
 * @returns what puts them back, and how many rows are held back
 */
export async function holdBackDay(directory: string, day: string) {
    const whole = new Map<string, Buffer>();
    let rows = 0;
    for (const name of await glob(growing, { cwd: directory })) {
        const path = join(directory, name);
        const bytes = await readFile(path);
        const isPacked = name.endsWith('.gz');
        const lines = (isPacked ? gunzipSync(bytes) : bytes).toString('utf8').split('\n');
        const kept = lines.filter((line) => !line.includes(day));
        if (kept.length === lines.length) continue;
        rows += lines.length - kept.length;
        whole.set(path, bytes);
        const text = Buffer.from(kept.join('\n'));
        await writeFile(path, isPacked ? gzipSync(text) : text);
    }
    const putBack = async () => {
        for (const [path, bytes] of whole) await writeFile(path, bytes);
    };
    return { rows, putBack };
}
