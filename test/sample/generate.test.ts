import { cp, mkdtemp, readFile, rm, stat, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { generateSampleCompany, type SampleResult } from '../../pipelines/sample/generate.ts';

/** A change of the exports is a decision: whoever makes one writes the new hash down here. */
const CONTENT_AT_FACTOR_002 = 'f8c29e0aa4e2d83ff0a22ebdafcaefe205934b38b36df82ba5b989e2858677a2';
const FACTOR = 0.02;

describe('the sample exports', () => {
    let root: string;
    let first: SampleResult;
    const place = (name: string): string => path.join(root, name);

    beforeAll(async () => {
        root = await mkdtemp(path.join(tmpdir(), 'sample-'));
        first = await generateSampleCompany({ directory: place('first'), factor: FACTOR });
    }, 60_000);
    afterAll(async () => {
        await rm(root, { recursive: true, force: true });
    });

    test('are the same text on every machine', () => {
        expect(first.contentSha256).toBe(CONTENT_AT_FACTOR_002);
    });

    test.each(['UTC', 'America/New_York', 'Pacific/Kiritimati'])(
        'do not depend on the time zone %s of the process',
        async (timezone) => {
            const before = process.env.TZ;
            process.env.TZ = timezone;
            try {
                const directory = place(timezone.replace('/', '-'));
                const again = await generateSampleCompany({ directory, factor: FACTOR });
                expect(again.contentSha256).toBe(first.contentSha256);
                const [a, b] = await Promise.all(
                    [first.directory, directory].map((folder) =>
                        readFile(path.join(folder, 'web/sessions_2024-03.ndjson.gz')),
                    ),
                );
                expect(a?.equals(b ?? Buffer.alloc(0))).toBe(true);
            } finally {
                if (before === undefined) delete process.env.TZ;
                else process.env.TZ = before;
            }
        },
    );

    test('change with the seed and with the factor', async () => {
        const directory = place('other');
        const otherSeed = await generateSampleCompany({ directory, factor: FACTOR, seed: 7 });
        const otherFactor = await generateSampleCompany({ directory, factor: 0.03, seed: 7 });
        expect(otherSeed.contentSha256).not.toBe(first.contentSha256);
        expect(otherFactor.isUnchanged).toBe(false);
        expect(otherFactor.contentSha256).not.toBe(otherSeed.contentSha256);
    });

    test('are left alone when nothing changed, and written again when a file is gone', async () => {
        const directory = place('kept');
        await cp(first.directory, directory, { recursive: true });
        const leads = path.join(directory, 'crm/leads.csv');
        const { mtimeMs } = await stat(leads);
        const kept = await generateSampleCompany({ directory, factor: FACTOR });
        expect(kept.isUnchanged).toBe(true);
        expect((await stat(leads)).mtimeMs).toBe(mtimeMs);

        await unlink(leads);
        const repaired = await generateSampleCompany({ directory, factor: FACTOR });
        expect(repaired.isUnchanged).toBe(false);
        expect(repaired.contentSha256).toBe(first.contentSha256);
    });

    test('take a changed plan of the seeds along and are not written again for it', async () => {
        const directory = place('planned');
        await cp(first.directory, directory, { recursive: true });
        const plans = path.join(directory, 'rules/incentives/plans.csv');
        const ofSeeds = await readFile(plans, 'utf8');
        await writeFile(plans, 'as the seeds were before');
        await writeFile(path.join(directory, 'rules/lead_quality/gone.csv'), 'left by the seeds');
        const { isUnchanged } = await generateSampleCompany({ directory, factor: FACTOR });
        expect(isUnchanged).toBe(true);
        expect(await readFile(plans, 'utf8')).toBe(ofSeeds);
        await expect(stat(path.join(directory, 'rules/lead_quality/gone.csv'))).rejects.toThrow();
    });

    test.each([0, -1, 51, Number.NaN])('refuse the factor %d', async (factor) => {
        const directory = place('refused');
        await expect(generateSampleCompany({ directory, factor })).rejects.toThrow(RangeError);
    });
});

describe('the full company', () => {
    test('writes exactly the rules that lie in seeds', { timeout: 120_000 }, async () => {
        const root = await mkdtemp(path.join(tmpdir(), 'sample-full-'));
        try {
            const directory = path.join(root, 'exports');
            const { files } = await generateSampleCompany({ directory });
            const rules = files.filter((file) => file.path.startsWith('rules/'));
            expect(rules).toHaveLength(12);
            for (const { path: name } of rules) {
                const written = await readFile(path.join(directory, name), 'utf8');
                const seed = path.join(import.meta.dirname, '../../seeds', name.slice(6));
                const advice = `${seed} is written by pipelines/sample/: change it there`;
                expect(written, advice).toBe(await readFile(seed, 'utf8'));
            }
            const rowsOf = (name: string): number =>
                files.find((file) => file.path === name)?.rows ?? 0;
            expect(rowsOf('crm/leads.csv')).toBeGreaterThan(24_000);
            expect(rowsOf('crm/deals.csv')).toBeGreaterThan(3_000);
        } finally {
            await rm(root, { recursive: true, force: true });
        }
    });
});
