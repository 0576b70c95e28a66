import { nearest } from '../nearest.ts';
import {
    emptyTable,
    filled,
    type RuleRow,
    type RuleTable,
    type RuleTables,
    refuseCell,
} from './rule-table.ts';

/** Where the members of a scope are listed; a list a company does not keep is not asked. */
const memberLists: Readonly<Record<string, readonly [file: string, column: string]>> = {
    channel: ['reference/channels', 'channel_id'],
    product_line: ['company/product_lines', 'product_line_id'],
    person: ['company/people', 'person_id'],
};
const fixedMembers: Readonly<Record<string, readonly string[]>> = {
    company: ['company'],
    department: ['marketing', 'sales'],
};
const catalogue = 'reference/kpi_catalogue';

/**
 * Checks that targets, plans and pools name KPIs of the catalogue, for scopes these are computed
 * for, of members that exist: a misspelt name would be a target nobody is measured against.
 * @throws ContractError for the first name nothing answers to
 */
export function checkNames(tables: RuleTables): void {
    const scopesOfKpi = new Map(
        (tables.get(catalogue) ?? emptyTable).rows.map((row) => [
            filled(row, 'kpi'),
            filled(row, 'scopes').split('|'),
        ]),
    );
    for (const [name, table] of tables) {
        if (name === catalogue) continue;
        for (const row of table.rows) {
            if ('kpi' in row.cells) checkKpi(table, row, scopesOfKpi);
            if ('scope_id' in row.cells) checkMember(table, row, tables);
        }
    }
}

function checkKpi(
    table: RuleTable,
    row: RuleRow,
    scopesOfKpi: ReadonlyMap<string, readonly string[]>,
): void {
    const scopes = scopesOfKpi.get(filled(row, 'kpi'));
    if (scopes === undefined) {
        throw unknownName(table, row, 'kpi', 'a KPI of the catalogue', [...scopesOfKpi.keys()]);
    }
    const scope = row.cells.scope_type;
    if (scope === undefined || scope === null || scopes.includes(scope)) return;
    throw refuseCell(table, row, 'scope_type', {
        what: `${table.file} asks for ${filled(row, 'kpi')} by ${scope}, which is not computed.`,
        expected: `one of ${scopes.join(', ')}`,
        fix: 'correct the scope, or choose another KPI',
    });
}

function checkMember(table: RuleTable, row: RuleRow, tables: RuleTables): void {
    const [type, id] = [filled(row, 'scope_type'), filled(row, 'scope_id')];
    // In a plan: whoever is paid.
    if (id === 'payee') return;
    const [file = '', column = ''] = memberLists[type] ?? [];
    const listed = (tables.get(file) ?? emptyTable).rows.map((one) => filled(one, column));
    const members = fixedMembers[type] ?? [...new Set(listed)];
    if (members.length === 0 || members.includes(id)) return;
    const expected = file ? `a ${column} of ${file}.csv` : `one of ${members.join(', ')}`;
    throw unknownName(table, row, 'scope_id', expected, members);
}

function unknownName(
    table: RuleTable,
    row: RuleRow,
    column: string,
    expected: string,
    known: readonly string[],
) {
    const guess = nearest(filled(row, column), known);
    return refuseCell(table, row, column, {
        what: `${table.file} names something that does not exist.`,
        expected,
        fix: guess ? `did you mean ${guess}?` : `choose from: ${known.join(', ')}`,
    });
}
