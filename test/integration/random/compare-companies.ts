import { join } from 'node:path';
import { readConfig, statePaths } from '../../../pipelines/config.ts';
import { buildModels, upTo } from '../../support/build-models.ts';
import { readRows } from '../incentives/scratch-warehouse.ts';
import { createTestCompany, csv } from '../loading/company.ts';
import { recompute, type Sums } from './recompute.ts';
import { writeCompany } from './write-company.ts';

export interface Comparison {
    readonly company: number;
    /** Sums of a month, channel and KPI in its files. */
    readonly sums: number;
    /** Those that the marts say otherwise, with both values. */
    readonly differences: readonly string[];
}

/** A month begins at another moment in each. */
const timezones = ['Europe/Bucharest', 'America/New_York', 'Pacific/Kiritimati'] as const;

/**
 * Writes, loads and builds companies in one warehouse, each in months of its own, and compares what
 * the marts say with what their files add up to.
 */
export async function compareCompanies(
    count: number,
    seed: number,
): Promise<readonly Comparison[]> {
    const company = createTestCompany();
    const timezone = timezones[seed % timezones.length] ?? timezones[0];
    try {
        const numbers = Array.from({ length: count }, (_, k) => k);
        company.configure(
            numbers.flatMap((k) => writeCompany(k, seed, company.directory)),
            {
                rules: './rules',
                company: { id: 'random', name: 'Random', currency: 'EUR', timezone, country: 'RO' },
            },
        );
        company.write(
            'rules/reference/exchange_rates.csv',
            csv(
                'currency_code,to_currency_code,rate,valid_from,valid_to',
                'USD,EUR,0.9,2018-01-01,',
                'RUB,EUR,0.011,2018-01-01,',
            ),
        );
        for (const outcome of await company.load()) {
            if (outcome.status === 'failed') throw outcome.error;
        }
        const config = await readConfig(company.configPath);
        const paths = statePaths(config.company.id, company.warehousePath);
        // In the one order of a single thread; whole companies are built by three.
        await buildModels(config, paths, '--threads', '1', ...upTo('fct_kpi_values'));
        const marts = await sumsOfMarts(company.warehousePath);
        const files = numbers.map((k) => recompute(join(company.directory, `c${k}`), timezone));
        // At the edge of its months a company may reach into those of another.
        const all: Sums = new Map();
        for (const [key, value] of files.flatMap((sums) => [...sums])) {
            all.set(key, (all.get(key) ?? 0n) + value);
        }
        const differences = differencesOf(all, marts);
        return files.map((sums, k) => ({
            company: k,
            sums: sums.size,
            differences: differences.filter((key) => companyOf(key) === k),
        }));
    } finally {
        company.close();
    }
}

/** Whose month a sum is of. */
function companyOf(key: string): number {
    const [year = 0, number = 0] = key.slice(0, 7).split('-').map(Number);
    return Math.floor(((year - 2019) * 12 + number - 1) / 3);
}

async function sumsOfMarts(warehouse: string): Promise<Sums> {
    const rows = await readRows(
        warehouse,
        `select strftime(period_start, '%Y-%m') || ' ' || scope_id || ' ' || kpi,
            cast(cast(value * 1000000 as decimal(38, 0)) as varchar)
        from marts.fct_kpi_values
        where scope_type = 'channel' and period_type = 'month' and value <> 0
        and kpi in ('spend', 'leads', 'won_deals', 'collected_revenue')`,
    );
    return new Map(rows.map(([key, value]) => [String(key), BigInt(String(value))]));
}

function differencesOf(files: Sums, marts: Sums): string[] {
    return [...new Set([...files.keys(), ...marts.keys()])]
        .filter((key) => files.get(key) !== marts.get(key))
        .sort()
        .map((key) => `${key}: files ${files.get(key)}, marts ${marts.get(key)}`);
}
