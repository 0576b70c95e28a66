import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bitrix24Way } from './bitrix24-way.ts';
import {
    comparedStreams,
    differences,
    type FromFiles,
    type FromSystems,
    idleEntries,
    loadInputs,
    sampleFromFiles,
    sampleFromSystems,
    sampleRows,
} from './compare.ts';
import { hubspotWay } from './hubspot-way.ts';
import type { Way } from './way.ts';

let files: FromFiles;

beforeAll(async () => {
    // Two months of ad cost and visits, and all that the CRM ever held.
    files = await sampleFromFiles(0.01, '2026-05-01');
    await loadInputs(files, [...new Set([hubspotWay, bitrix24Way].flatMap((way) => way.replaces))]);
});
afterAll(() => files.company.close());

describe.each([hubspotWay, bitrix24Way])('the sample company by way of $title', (way: Way) => {
    let systems: FromSystems;
    beforeAll(async () => {
        const rows = await sampleRows(files.company, way.replaces);
        systems = await sampleFromSystems(files, way, rows);
        await systems.load();
    });
    afterAll(async () => {
        systems.company.close();
        await systems.close();
    });

    it.each(comparedStreams)(
        '%s are those of the files, but for what is listed',
        async (stream) => {
            expect(await differences(files.company, systems.company, stream, way)).toEqual([]);
        },
    );

    it('lists nothing that it carries', async () => {
        const idle = comparedStreams.map((stream) => idleEntries(files.company, stream, way));
        expect((await Promise.all(idle)).flat()).toEqual([]);
    });
});
