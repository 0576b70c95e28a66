import { describe, expect, it } from 'vitest';
import { lineOf, queryTrouble } from '../../.ci/query-trouble.ts';

const tables = {
    audience: 'everyone',
    published: ['rpt_cards', 'rpt_statements'],
    marts: ['rpt_cards', 'rpt_statements', 'fct_kpi_values'],
};
const absent = (table: string) =>
    `Catalog Error: Table with name ${table} does not exist!\nDid you?`;

describe('a page query that names what is not there', () => {
    it.each([
        ['fct_kpi_values', 'publish it: a line in tables of dashboards/audiences.json'],
        ['rpt_card', 'such as rpt_cards, got rpt_card'],
        ['rpt_statements', 'a table that everyone may read'],
    ])('is told what to do about the table %s', (table, words) => {
        expect(queryTrouble(absent(table), tables)).toContain(words);
    });

    it('is told the columns there are, and the line', () => {
        const message =
            'Binder Error: Referenced column "valeu" not found in FROM clause!\nCandidate bindings: "value", "tone"\n\nLINE 1: ...';
        expect(queryTrouble(message, tables)).toBe(
            "expected a column of its tables, such as value, tone, got 'valeu'",
        );
        expect(lineOf('select period_start,\n    valeu\nfrom t', message)).toBe(2);
    });

    it('keeps the first line of any other message', () => {
        expect(queryTrouble('Parser Error: at end\nLINE 1', tables)).toBe('Parser Error: at end');
    });
});
