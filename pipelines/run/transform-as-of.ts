import { rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Config, type StatePaths, statePaths } from '../config.ts';
import { copyKnown, findKnown, type Known } from '../warehouse/as-of.ts';
import { openWarehouse } from '../warehouse/connection.ts';
import { type TransformOptions, type TransformOutcome, transform } from './transform.ts';

export interface AsOfOutcome {
    readonly known: Known;
    /** The warehouse of its own that holds the marts. */
    readonly warehouse: string;
    readonly outcome: TransformOutcome;
}

/**
 * Builds the marts from what was known at an instant, by the rules of today, in a warehouse of their
 * own beside that of the company, which is only read. One of an earlier call is replaced.
 * @throws ConfigError for an instant of which nothing is known
 */
export async function transformAsOf(
    config: Config,
    paths: StatePaths,
    { asOf, ...options }: TransformOptions & { readonly asOf: string },
): Promise<AsOfOutcome> {
    const { id, timezone } = config.company;
    const warehouse = await openWarehouse(paths.warehouse);
    const known = await findKnown(warehouse, asOf, timezone).finally(() => warehouse.close());
    const name = asOf.replaceAll(':', '');
    const own = statePaths(id, join(paths.directory, 'as-of', name, 'warehouse.duckdb'));
    rmSync(dirname(own.warehouse), { recursive: true, force: true });
    await copyKnown(paths.warehouse, own.warehouse, known);
    const outcome = await transform(config, own, options);
    return { known, warehouse: own.warehouse, outcome };
}
