import type { InputConfig } from '../config-schema.ts';
import { nearest } from '../nearest.ts';
import { checkNoOverlap, checkSpan } from './check-company.ts';
import { checkFile, filled, type RuleCheck, refuseCell } from './rule-table.ts';

/**
 * A waiver speaks for days of an input that the config has, and of one gap only one does. An input
 * nobody knows would waive nothing, unseen.
 */
export function waiverCheck(inputs: readonly InputConfig[] | undefined): RuleCheck {
    return checkFile('company/waivers', (table) => {
        for (const row of table.rows) {
            checkSpan(table, row, 'from_day', 'to_day');
            const names = (inputs ?? [])
                .filter(({ stream }) => stream === filled(row, 'stream'))
                .map(({ name }) => name);
            if (names.includes(filled(row, 'input'))) continue;
            const guess = nearest(filled(row, 'input'), names);
            throw refuseCell(table, row, 'input', {
                what: `${table.file} waives a gap of an input that the config does not have.`,
                expected:
                    names.length > 0
                        ? `an input of ${filled(row, 'stream')}: ${names.join(', ')}`
                        : `an input, but the config has none of ${filled(row, 'stream')}`,
                fix: guess ? `did you mean ${guess}?` : 'correct the name, or take the row out',
            });
        }
        checkNoOverlap(
            table,
            ({ cells }) => [cells.stream, cells.input, cells.account].filter(Boolean).join(' '),
            'from_day',
            'to_day',
        );
    });
}
