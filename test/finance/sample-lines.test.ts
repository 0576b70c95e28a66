import { expect, it } from 'vitest';
import { signPeriod } from '../../pipelines/finance/close.ts';
import { readLedger } from '../../pipelines/finance/ledger.ts';
import { sampleLines } from '../../pipelines/finance/sample-lines.ts';
import { memoryDisk } from '../support/memory-disk.ts';
import { actor, payOf, question, statement, words } from './pay.ts';

function ledgerOf(...payees: readonly string[]) {
    const { disk } = memoryDisk();
    const statements = payees.flatMap((payee) =>
        ['2026-09', '2026-10'].map((month) =>
            statement(payee, month, ['10.00', '0.00', '-3.00'], { plan_id: null }),
        ),
    );
    for (const month of ['2026-09', '2026-10']) {
        signPeriod(disk, question(month, readLedger(disk), payOf(...statements)), words, actor);
    }
    return readLedger(disk);
}
const ledger = ledgerOf('ana', 'boris', 'carmen', 'dan');
const named = (count: number, seed: string, period?: string) =>
    sampleLines(ledger, count, seed, period).map(
        (one) => `${one.period} ${one.line.payee_id} ${one.line.line_number}`,
    );

it('chooses the same lines for the same seed and others for another one', () => {
    expect(named(5, 'Q3')).toEqual(named(5, 'Q3'));
    expect(named(5, 'Q3')).not.toEqual(named(5, 'Q4'));
    expect(named(3, 'Q3')).toEqual(named(5, 'Q3').slice(0, 3));
});

it('chooses among every line that moves money, once each', () => {
    const all = named(99, 'all');
    expect(all).toHaveLength(16);
    expect(new Set(all).size).toBe(16);
    for (const { line } of sampleLines(ledger, 99, 'all')) {
        expect(['10.00', '-3.00']).toContain(line.amount);
        expect(line.line_type).not.toBe('total');
    }
    expect(named(99, 'all', '2026-10').every((one) => one.startsWith('2026-10'))).toBe(true);
    expect(named(99, 'all', '2026-11')).toEqual([]);
});

it('reaches every line with some seed', () => {
    const reached = new Set(Array.from({ length: 200 }, (_, at) => named(1, `seed ${at}`)[0]));
    expect(reached.size).toBe(16);
});
