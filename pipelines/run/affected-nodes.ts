import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';

/** What a build read, by name: a hash for each, so that two builds can be compared. */
export interface BuildInputs {
    /** Models, macros, tests and the settings of the company. */
    readonly project: string;
    readonly seeds: Readonly<Record<string, string>>;
    readonly streams: Readonly<Record<string, string>>;
}

/** A build: what it read, and what then stood in the views at which the way of a load may end. */
export interface Build {
    readonly inputs: BuildInputs;
    /**
     * What the views say that stand between the record of loads and everything else, such as the last
     * day the data speak for: while it is the same, another load alone changes nothing behind them.
     */
    readonly cutoffs: Readonly<Record<string, string>>;
}

export interface AffectedNodes {
    /** Names as dbt's --select takes them. */
    readonly names: readonly string[];
    /** An incremental model keeps rows that the changed rule would compute in another way. */
    readonly isFullRefresh: boolean;
}

const manifestSchema = z.object({
    nodes: z.record(
        z.string(),
        z.object({
            name: z.string(),
            resource_type: z.string(),
            schema: z.string().optional(),
            config: z.object({
                materialized: z.string().nullish(),
                meta: z.object({ early_cutoff: z.boolean().optional() }).optional(),
            }),
        }),
    ),
    sources: z.record(z.string(), z.object({ source_name: z.string(), name: z.string() })),
    child_map: z.record(z.string(), z.array(z.string())),
});

const isBuilt = new Set(['model', 'seed']);

/** A view whose rows tell whether what reads it has to be built again. */
export interface Cutoff {
    readonly name: string;
    readonly schema: string;
}

/** The cutoffs of the last build. @param manifestFile dbt's manifest.json; none when it is not there */
export function cutoffsOf(manifestFile: string): readonly Cutoff[] {
    if (!existsSync(manifestFile)) return [];
    return Object.values(readManifest(manifestFile).nodes)
        .filter((node) => node.config.meta?.early_cutoff === true)
        .map(({ name, schema = '' }) => ({ name, schema }));
}

const readManifest = (file: string) => manifestSchema.parse(JSON.parse(readFileSync(file, 'utf8')));

/** Tables that every load writes beside its stream. */
const loadRecord = 'jointly';

/**
 * The seeds and models to build when these inputs changed and nothing else did.
 *
 * @param manifestFile dbt's manifest.json of the last build
 * @returns undefined when all must be built: there was no build, or the project itself changed
 */
export function affectedNodes(
    manifestFile: string,
    before: Build | undefined,
    now: Build,
): AffectedNodes | undefined {
    if (!before || before.inputs.project !== now.inputs.project) return undefined;
    if (!existsSync(manifestFile)) return undefined;
    const manifest = readManifest(manifestFile);
    const seeds = changedNames(before.inputs.seeds, now.inputs.seeds);
    const streams = changedNames(before.inputs.streams, now.inputs.streams);
    // A rule file that the last build did not know, of a newer version of the product.
    const knownSeeds = new Set(Object.values(manifest.nodes).map(({ name }) => name));
    if ([...seeds].some((name) => !knownSeeds.has(name))) return undefined;
    const seedIds = idsOf(manifest.nodes, (node) => {
        return node.resource_type === 'seed' && seeds.has(node.name);
    });
    const streamIds = idsOf(manifest.sources, (source) => streams.has(source.name));
    const recordIds = idsOf(manifest.sources, (source) => {
        return source.source_name === loadRecord && streams.size > 0;
    });
    const cut = new Set(
        idsOf(manifest.nodes, ({ name, config }) => {
            return config.meta?.early_cutoff === true && before.cutoffs[name] === now.cutoffs[name];
        }),
    );
    const ofRecord = descendants(recordIds, manifest.child_map, cut);
    const ofData = descendants([...seedIds, ...streamIds], manifest.child_map);
    const names = [...new Set([...ofRecord, ...ofData])].flatMap((id) => {
        const node = manifest.nodes[id];
        return node && isBuilt.has(node.resource_type) ? [node.name] : [];
    });
    const ofRules = new Set(descendants(seedIds, manifest.child_map));
    return {
        names: names.toSorted(),
        isFullRefresh: Object.entries(manifest.nodes).some(
            ([id, node]) => ofRules.has(id) && node.config.materialized === 'incremental',
        ),
    };
}

function changedNames(
    before: Readonly<Record<string, string>>,
    now: Readonly<Record<string, string>>,
): ReadonlySet<string> {
    const names = Object.keys({ ...before, ...now });
    return new Set(names.filter((name) => before[name] !== now[name]));
}

function idsOf<T>(all: Readonly<Record<string, T>>, isWanted: (one: T) => boolean): string[] {
    return Object.entries(all).flatMap(([id, one]) => (isWanted(one) ? [id] : []));
}

function descendants(
    roots: readonly string[],
    children: Readonly<Record<string, readonly string[]>>,
    ends: ReadonlySet<string> = new Set(),
): readonly string[] {
    const found = new Set(roots);
    for (const id of found) {
        for (const child of children[id] ?? []) if (!ends.has(child)) found.add(child);
    }
    return [...found];
}
