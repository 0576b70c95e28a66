import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { sqlText } from '../../pipelines/contracts/batch.ts';
import { columnsOf, date, decimal, integer } from '../../pipelines/contracts/columns.ts';
import { columnSql } from '../../pipelines/sources/files/column-sql.ts';
import { openScratchWarehouse, type Warehouse } from '../../pipelines/warehouse/connection.ts';

const row = z.object({
    amount: decimal(18, 2, 'A.'),
    count: integer('B.'),
    day: date('C.'),
});

let warehouse: Warehouse;
beforeAll(async () => {
    warehouse = await openScratchWarehouse();
});
afterAll(() => warehouse.close());

const digits = fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 1, maxLength: 18 });
const cell = fc.oneof(
    fc
        .tuple(
            fc.constantFrom('', '-', '+'),
            digits,
            fc.constantFrom('', '.', ',', 'e', '_', ' '),
            fc.string({ unit: fc.constantFrom(...'0123456789'), maxLength: 4 }),
        )
        .map((parts) => parts.join('')),
    fc
        .tuple(
            fc.integer({ min: 1900, max: 2199 }),
            fc.integer({ min: 1, max: 13 }),
            fc.integer({ min: 1, max: 32 }),
        )
        .map(
            ([year, month, day]) =>
                `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`,
        ),
    fc.constantFrom('NaN', 'inf', '0x1F', '1e3', '1_0', '١٢', 'true', "'; drop"),
);

describe('a cell the engine takes', () => {
    it.each(columnsOf(row).map((column) => [column.name, column] as const))(
        'is one the zod schema of %s takes, and no other',
        async (name, column) => {
            const schema = row.shape[name as keyof typeof row.shape] as z.ZodType;
            await fc.assert(
                fc.asyncProperty(
                    fc.array(cell, { minLength: 20, maxLength: 60 }),
                    async (cells) => {
                        const values = cells.map((one, index) => `(${index}, ${sqlText(one)})`);
                        const sql = columnSql({
                            column,
                            text: 'cell',
                            value: 'value',
                            timezone: 'UTC',
                            decimalSeparator: '.',
                        });
                        const rows = await warehouse.query<{ broken: boolean }>(
                            `select ${sql.unreadable} as broken from (
                            select *, ${sql.typed} as value
                            from (values ${values.join(', ')}) as cells(place, cell)
                        ) order by place`,
                        );
                        rows.forEach(({ broken }, index) => {
                            const written = cells[index] ?? '';
                            // Spaces in and around a number and a bare point are forgiven in exports only.
                            if (/^\s|\s$|^[+-]?\d+\.0*$|\d \d{3}$/.test(written)) return;
                            expect(!broken, `${name} ${written}`).toBe(
                                schema.safeParse(written).success,
                            );
                        });
                    },
                ),
                { numRuns: 25 },
            );
        },
    );
});
