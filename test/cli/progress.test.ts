import { describe, expect, it } from 'vitest';
import { describeProgress, progressLines } from '../../pipelines/cli/progress.ts';

const of = (rows: number, slicesDone: number, slices: number) => ({
    rows,
    pages: 1,
    slicesDone,
    slices,
});

describe('progress', () => {
    it.each([
        ['the first moment', of(10, 0, 12), 1000, '10 rows, 0 of 12 parts, 10 rows/s'],
        ['too early to tell', of(10, 1, 12), 1999, '10 rows, 1 of 12 parts, 5 rows/s'],
        [
            'a third is done',
            of(12_000, 4, 12),
            20_000,
            '12,000 rows, 4 of 12 parts, 600 rows/s, about 40s left',
        ],
        ['minutes', of(1, 1, 11), 30_000, '1 row, 1 of 11 parts, 0 rows/s, about 5 min left'],
        ['hours', of(7, 1, 101), 100_000, '7 rows, 1 of 101 parts, 0 rows/s, about 2.8 h left'],
        ['one part, of which nobody knows the size', of(50, 0, 1), 10_000, '50 rows, 5 rows/s'],
    ])('says, %s', (_, progress, elapsed, text) => {
        expect(describeProgress(progress, elapsed)).toBe(text);
    });

    it('is shown four times a second, of one feed after another, and cleared at its end', () => {
        let now = 0;
        const shown: string[] = [];
        const tell = progressLines({ progress: (text) => shown.push(text) }, () => now);
        const feed = { connection: 'crm', name: 'deals' };
        tell(feed, of(1, 0, 1));
        now = 249;
        tell(feed, of(2, 0, 1));
        now = 1000;
        tell(feed, of(3, 0, 1));
        tell(feed, undefined);
        tell({ connection: 'ads', name: 'spend' }, of(4, 0, 1));
        expect(shown).toEqual([
            'load deals (crm): 1 row',
            'load deals (crm): 3 rows, 3 rows/s',
            '',
            'load spend (ads): 4 rows',
        ]);
    });
});
