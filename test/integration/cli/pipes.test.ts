import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { csv, spend, spendHeader, type TestCompany } from '../loading/company.ts';
import { createLoadedCompany, finishMarts, runCli, startCli } from './start-cli.ts';

/** What a shell says of a tool that died of SIGPIPE. */
const readerLeft = [141, null];

let company: TestCompany;

beforeAll(async () => {
    company = await createLoadedCompany();
    await company.query('create schema marts');
    await company.query(
        `create table marts.big as select range as id, 'row ' || range as label from range(300000)`,
    );
    await finishMarts(company);
});
afterAll(() => company.close());

describe('a reader that leaves', () => {
    it.each([[['--help']], [['load', '--help']], [['status']], [['doctor']], [['export', 'big']]])(
        'before the first line ends %j without a word',
        async (args) => {
            const { child, out, closed } = startCli(company, args);
            child.stdout.destroy();
            expect(await closed).toEqual(readerLeft);
            expect(out.stderr).toBe('');
        },
    );

    it('in the middle of a big mart ends the export without a word', async () => {
        const { child, out, closed } = startCli(company, ['export', 'big', '--format', 'csv']);
        await once(child.stdout, 'data');
        child.stdout.destroy();
        expect(await closed).toEqual(readerLeft);
        expect(out.stderr).toBe('');
    });

    it('of the progress does not stop the load', async () => {
        company.write('ads/b.csv', csv(spendHeader, spend('2026-01-02', '1')));
        const { child, closed } = startCli(company, ['load']);
        child.stderr.destroy();
        expect(await closed).toEqual([0, null]);
        expect((await runCli(company, 'status')).stdout).toMatch(/^ad_spend +yes +2 /m);
    });
});
