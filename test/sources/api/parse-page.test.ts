import { expect, it } from 'vitest';
import { z } from 'zod';
import { ContractError } from '../../../pipelines/errors.ts';
import { amount, maybe, parsePage, scalar } from '../../../pipelines/sources/api/parse-page.ts';

const page = z.object({
    rows: z.array(
        z.object({ id: scalar, name: maybe(z.string()), cost: scalar.default('0') }).strict(),
    ),
});

const read = (rows: unknown) => {
    try {
        return parsePage(page, JSON.stringify({ rows }), 'crm, deals');
    } catch (error) {
        if (!(error instanceof ContractError)) throw error;
        return error.message;
    }
};

it.each([
    ['a whole number', [{ id: 7, name: 'a' }], [{ id: '7', name: 'a', cost: '0' }]],
    ['text', [{ id: '007', name: '', cost: '1.50' }], [{ id: '007', name: null, cost: '1.50' }]],
    ['none', [], []],
])('reads an id that is %s the same way on the first page and on the third', (_, given, wanted) => {
    for (const time of [1, 2, 3]) expect(read(given), `time ${time}`).toEqual({ rows: wanted });
});

it.each<[string, unknown]>([
    ['an id that is missing', [{ id: 1 }, { name: 'b' }]],
    ['an id that is a list', [{ id: [] }]],
    ['a field that nobody promised', [{ id: 1, more: 1 }]],
    ['rows that are none', 'nothing'],
])('refuses %s in the same words on the first page and on the third', (_, rows) => {
    const [first, ...others] = [read(rows), read(rows), read(rows)];
    expect(first).toMatch(/A page of crm, deals is not what the system promises[\s\S]*rows/);
    expect(others).toEqual([first, first]);
});

it.each([
    [12, '12'],
    ['12.', '12'],
    ['119.50', '119.50'],
    ['12.3400', '12.3400'],
    [0.1 + 0.2, '0.30'],
    ['119.99000000000001', '119.99'],
    ['-12.345', '-12.35'],
    ['0.004', '0.00'],
    ['1e-7', undefined],
    ['1,5', undefined],
    ['', undefined],
])('an amount of %j is %s', (written, read) => {
    expect(amount.safeParse(written).data).toBe(read);
});
