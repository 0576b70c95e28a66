import { afterEach, beforeEach, expect, it } from 'vitest';
import { realExports } from '../../sources/exports/all.ts';
import { bytesOf } from '../../sources/exports/real-export.ts';
import { countsOf, createTestCompany, type TestCompany } from './company.ts';

let company: TestCompany;
beforeEach(() => {
    company = createTestCompany();
});
afterEach(() => company.close());

it.each(realExports.map((one) => [one.layout, one.variant, one] as const))(
    '%s: %s',
    async (layout, _, one) => {
        const { stream, file, input, columns, rows, leftOut = 0 } = one;
        company.write(file, bytesOf(one));
        company.configure([{ name: 'one', stream, files: [file], layout, ...input }] as never);
        const counts = countsOf(await company.load());
        expect(counts).toMatchObject({ rejected: 0, inserted: rows.length });
        const found = await company.query(
            `select ${columns} from raw_files.${stream} order by all`,
        );
        expect(found.map((row) => Object.values(row))).toEqual(rows);
        const [load] = await company.query<{ skipped: number }>(
            'select cast(sum(left_out_rows) as integer) as skipped from jointly.loads',
        );
        expect(load?.skipped).toBe(leftOut);
    },
);
