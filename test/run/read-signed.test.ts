import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { folderDisk } from '../../pipelines/disk.ts';
import { payPeriod, reopenPeriod, signPeriod } from '../../pipelines/finance/close.ts';
import { readLedger } from '../../pipelines/finance/ledger.ts';
import { readSigned } from '../../pipelines/run/read-signed.ts';
import { openWarehouse } from '../../pipelines/warehouse/connection.ts';
import { writeSigned } from '../../pipelines/warehouse/signed-statements.ts';
import { actor, payOf, question, statement, words } from '../finance/pay.ts';

let home: string;
beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'jointly-signed-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const pay = payOf(
    statement('boris', '2026-09', ['2100.00']),
    statement('ana', '2026-09', ['-50.00']),
    statement('boris', '2026-10', ['500.00']),
);
const on = (at: string) => ({ ...actor, at });

it('what is signed now, or was at an instant, is what the models read', async () => {
    const ledger = join(home, 'ledger');
    const disk = folderDisk(ledger);
    const sign = (period: string, at: string) =>
        signPeriod(disk, question(period, readLedger(disk), pay), words, on(at));
    const nothing = { entries: [], statements: [], lines: [], deals: [] };
    expect(readSigned({ ledger })).toEqual(nothing);
    sign('2026-09', '2026-10-03T08:00:00.000Z');
    payPeriod(disk, '2026-09', '2026-10-10', on('2026-10-11T08:00:00.000Z'));
    sign('2026-10', '2026-11-03T08:00:00.000Z');
    reopenPeriod(disk, '2026-10', 'typo', on('2026-11-04T08:00:00.000Z'));
    expect(
        readSigned({ ledger }).entries.map((one) => [one.action, one.payable_amount, one.reason]),
    ).toEqual([
        ['signed', '2100.00', null],
        ['paid', null, null],
        ['signed', '500.00', null],
        ['reopened', null, 'typo'],
    ]);
    expect(readSigned({ ledger }, '2026-10-10 23:59:59').entries).toHaveLength(1);

    const states = (until?: string) =>
        readSigned({ ledger }, until).statements.map((one) => [
            one.period_start,
            one.payee_id,
            one.state,
        ]);
    expect(states()).toEqual([
        ['2026-09-01', 'ana', 'paid'],
        ['2026-09-01', 'boris', 'paid'],
    ]);
    expect(states('2026-10-03 07:59:59')).toEqual([]);
    expect(states('2026-10-10 23:59:59').map(([, , state]) => state)).toEqual(['signed', 'signed']);
    expect(states('2026-11-03 22:00:00')).toHaveLength(3);

    const warehouse = await openWarehouse(join(home, 'company.duckdb'));
    try {
        for (const _ of ['first', 'again']) {
            await writeSigned(warehouse, readSigned({ ledger }));
        }
        expect(
            await warehouse.query(`
                select payee_id, earned_amount::varchar as earned, payable_amount::varchar as payable,
                    signed_by, signed_on::varchar as signed_on, paid_on::varchar as paid_on
                from jointly.signed_statements order by payee_id`),
        ).toEqual(
            [
                ['ana', '-50.00', '0.00'],
                ['boris', '2100.00', '2100.00'],
            ].map(([payee_id, earned, payable]) => ({
                ...{ payee_id, earned, payable, signed_by: 'olga' },
                ...{ signed_on: '2026-10-03', paid_on: '2026-10-10' },
            })),
        );
        expect(
            await warehouse.query(`
                select payee_id, line_number, line_type, amount::varchar as amount
                from jointly.signed_lines order by all`),
        ).toEqual(
            [
                ['ana', 1, 'component', '-50.00'],
                ['ana', 2, 'balance_carried', '50.00'],
                ['ana', 3, 'total', '0.00'],
                ['boris', 1, 'component', '2100.00'],
                ['boris', 2, 'total', '2100.00'],
            ].map(([payee_id, line_number, line_type, amount]) => ({
                ...{ payee_id, line_number, line_type, amount },
            })),
        );
        await writeSigned(warehouse, nothing);
        expect(await warehouse.query('select * from jointly.signed_lines')).toEqual([]);
        expect(await warehouse.query('select * from jointly.signed_statements')).toEqual([]);
    } finally {
        await warehouse.close();
    }
});
