import { partsOf, reservedIds } from '../contracts/columns.ts';
import { rules } from '../contracts/rules/registry.ts';
import {
    checkFile,
    checkRows,
    filled,
    type RuleCheck,
    type RuleRow,
    type RuleTable,
    type RuleTables,
    refuseCell,
    refuseName,
    tableOf,
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

/** Scope id of a plan that stands for whoever is paid; a target or pool belongs to nobody so. */
const payee = 'payee';
const isPaidByPlan = (table: RuleTable) => 'measure' in (table.rows[0]?.cells ?? {});

/**
 * Targets, plans and pools name KPIs of the catalogue, for scopes these are computed for, of members
 * that exist: a misspelt name would be a target nobody is measured against.
 */
export const nameChecks: readonly RuleCheck[] = rules
    .filter(({ file }) => file !== catalogue)
    .flatMap(({ file }) => [checkFile(file, checkKpis), checkRows(file, checkMember)])
    .concat(
        Object.values(memberLists).map(([file, column]) =>
            checkRows(file, (table, row) => checkReserved(table, row, column)),
        ),
    );

/** A person called `all` would stand on pages as the total. */
function checkReserved(table: RuleTable, row: RuleRow, column: string): void {
    const id = filled(row, column).toLowerCase();
    // What no rule gives a channel belongs to the channel of that name.
    const isMeant = column === 'channel_id' && id === 'unattributed';
    if (!reservedIds.includes(id) || isMeant) return;
    throw refuseCell(table, row, column, {
        what: `${table.file} has a ${column} that pages call their totals by.`,
        expected: `an id other than ${reservedIds.join(' and ')}`,
        fix: 'give it another id, here and in values of the inputs that name it',
    });
}

function checkKpis(table: RuleTable, tables: RuleTables): void {
    const scopesOfKpi = new Map(
        tableOf(tables, catalogue).rows.map((one) => [
            filled(one, 'kpi'),
            partsOf(one.cells.scopes),
        ]),
    );
    for (const row of table.rows) {
        if ('kpi' in row.cells) checkKpi(table, row, scopesOfKpi);
    }
}

function checkKpi(
    table: RuleTable,
    row: RuleRow,
    scopesOfKpi: ReadonlyMap<string, readonly string[]>,
): void {
    const scopes = scopesOfKpi.get(filled(row, 'kpi'));
    if (scopes === undefined) {
        throw refuseName(table, row, 'kpi', {
            name: filled(row, 'kpi'),
            expected: 'a KPI of the catalogue',
            known: [...scopesOfKpi.keys()],
        });
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
    if (!('scope_id' in row.cells)) return;
    const [type, id] = [filled(row, 'scope_type'), filled(row, 'scope_id')];
    if (id === payee && isPaidByPlan(table)) {
        if (type === 'person') return;
        throw refuseCell(table, row, 'scope_type', {
            what: `${table.file} measures the payee by the results of a ${type}.`,
            expected: "person, because scope_id 'payee' is whoever is paid",
            fix: `write person, or name the ${type} in scope_id`,
        });
    }
    const [file = '', column = ''] = memberLists[type] ?? [];
    const listed = tableOf(tables, file).rows.map((one) => filled(one, column));
    const members = fixedMembers[type] ?? [...new Set(listed)];
    if (members.length === 0 || members.includes(id)) return;
    const expected = file ? `a ${column} of ${file}.csv` : `one of ${members.join(', ')}`;
    throw refuseName(table, row, 'scope_id', { name: id, expected, known: members });
}
