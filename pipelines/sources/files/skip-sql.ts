import type { InputConfig } from '../../config-schema.ts';
import { sqlText } from '../../contracts/batch.ts';
import { ContractError } from '../../errors.ts';
import { nearest } from '../../nearest.ts';
import type { Layout } from './layout.ts';

type Condition = Omit<InputConfig['skip_rows'][number], 'unless'>;

/**
 * Condition, true for a row that the input leaves out; undefined when it leaves none out.
 * @throws ContractError for a column that the file lacks
 */
export function skipSql(
    layout: Layout,
    { name: input, skip_rows: rules }: InputConfig,
): string | undefined {
    if (rules.length === 0) return undefined;
    const conditionOf = ({ column, values, pattern }: Condition) => {
        if (!layout.isOpen && !layout.columns.includes(column)) {
            throw missing(layout, input, column);
        }
        const text = `trim(coalesce(${layout.text(column)}, ''))`;
        if (values) return `${text} in (${values.map(sqlText).join(', ')})`;
        return pattern ? `regexp_matches(${text}, ${sqlText(pattern)})` : `${text} = ''`;
    };
    const conditions = rules.map(({ unless, ...rule }) =>
        unless ? `(${conditionOf(rule)} and not ${conditionOf(unless)})` : conditionOf(rule),
    );
    return `(${conditions.join(' or ')})`;
}

function missing(layout: Layout, input: string, column: string): ContractError {
    const file = layout.files[0]?.name ?? '';
    const guess = nearest(column, layout.columns);
    return new ContractError({
        what: `${file} has no column ${column}, by which skip_rows leaves rows out.`,
        file,
        column,
        expected: guess ? `${column} (nearest: ${guess})` : column,
        got: layout.columns.map((one) => `'${one}'`).join(', '),
        fix: `in input ${input} write skip_rows: [{ column: '${guess ?? 'NAME IN THE FILE'}', ... }]`,
    });
}
