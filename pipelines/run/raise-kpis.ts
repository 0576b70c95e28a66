import type { Config, StatePaths } from '../config.ts';
import { sqlText } from '../contracts/batch.ts';
import type { RaisedPay } from '../finance/marginal-pay.ts';
import { filled, type RuleTables, tableOf } from '../rules/rule-table.ts';
import { isInForce } from '../rules/validity.ts';
import { type Warehouse, withWarehouse } from '../warehouse/connection.ts';
import { type DbtSummary, dbtBuild } from './dbt.ts';

const values = 'marts.fct_kpi_values';
const kept = 'marts.simulated_kpi_values';

/**
 * Computes pay once for each KPI that components are paid on, with one more unit of it in every month
 * and scope: whoever is paid on it sees one more, be it of their own, of the department or of the
 * company. The models that pay do it, in a copy of the warehouse.
 * @param mart the last model of pay
 * @param readPay reads what was computed
 */
export async function raiseKpis(
    config: Config,
    paths: StatePaths,
    tables: RuleTables,
    months: readonly string[],
    mart: string,
    readPay: () => Promise<RaisedPay['pay']>,
    onLine?: (line: string) => void,
): Promise<readonly RaisedPay[]> {
    const components = tableOf(tables, 'incentives/plan_components').rows.filter((row) =>
        months.some((month) => isInForce(row, `${month}-01`)),
    );
    const kpis = [...new Set(components.map((row) => filled(row, 'kpi')))].toSorted();
    await withWarehouse(paths.warehouse, (warehouse) =>
        warehouse.run(`create or replace table ${kept} as select * from ${values}`),
    );
    const raised: RaisedPay[] = [];
    for (const kpi of kpis) {
        const entry = tableOf(tables, 'reference/kpi_catalogue').rows.findLast(
            ({ cells }) => cells.kpi === kpi,
        );
        const unit = entry?.cells.unit === 'currency' ? '100' : '1';
        const isDown = entry?.cells.direction === 'down';
        await withWarehouse(paths.warehouse, (warehouse) =>
            raise(warehouse, kpi, unit, isDown, months),
        );
        await rebuild(config, paths, mart, onLine);
        raised.push({ kpi, unit, pay: await readPay() });
    }
    return raised;
}

/** Of a ratio one more is counted, of which the company had its chances already. */
async function raise(
    warehouse: Warehouse,
    kpi: string,
    unit: string,
    isDown: boolean,
    months: readonly string[],
): Promise<void> {
    const more = `coalesce(numerator, value) + ${unit}`;
    const value = `case when denominator is null then value + ${unit}
        else ${quotient(more, 'denominator')} end`;
    const days = months.map((month) => `date '${month}-01'`).join(', ');
    await warehouse.run(`create or replace table ${values} as select * from ${kept}`);
    await warehouse.run(`
        update ${values} set
            value = ${value},
            attainment = case
                when target is null then attainment
                else ${isDown ? quotient('target', value) : quotient(value, 'target')}
            end
        where kpi = ${sqlText(kpi)} and value is not null
            and period_type = 'month' and period_start in (${days})`);
}

/** numerator / denominator cut at ten decimals, as KPIs are; the engine's own is a double. */
function quotient(numerator: string, denominator: string): string {
    const units = (number: string) =>
        `cast(replace(cast(cast(${number} as decimal(38, 10)) as varchar), '.', '') as hugeint)`;
    const whole = `${units(numerator)} * 10000000000 // nullif(${units(denominator)}, 0)`;
    return `cast(cast(${whole} as decimal(38, 0)) * 0.0000000001 as decimal(28, 10))`;
}

function rebuild(
    config: Config,
    paths: StatePaths,
    mart: string,
    onLine?: (line: string) => void,
): Promise<DbtSummary> {
    return dbtBuild({
        company: config.company,
        asOf: config.as_of,
        paths,
        isFullRefresh: false,
        select: [`int_incentives__kpi_values+,+${mart}`],
        onLine,
    });
}
