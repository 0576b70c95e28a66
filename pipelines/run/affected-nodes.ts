import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';

/** What a build read, by name: a hash for each, so that two builds can be compared. */
export interface BuildInputs {
    /** Models, macros, tests and the settings of the company. */
    readonly project: string;
    readonly seeds: Readonly<Record<string, string>>;
    readonly streams: Readonly<Record<string, string>>;
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
            config: z.object({ materialized: z.string().nullish() }),
        }),
    ),
    sources: z.record(z.string(), z.object({ source_name: z.string(), name: z.string() })),
    child_map: z.record(z.string(), z.array(z.string())),
});

const isBuilt = new Set(['model', 'seed']);

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
    before: BuildInputs | undefined,
    now: BuildInputs,
): AffectedNodes | undefined {
    if (!before || before.project !== now.project || !existsSync(manifestFile)) return undefined;
    const manifest = manifestSchema.parse(JSON.parse(readFileSync(manifestFile, 'utf8')));
    const seeds = changedNames(before.seeds, now.seeds);
    const streams = changedNames(before.streams, now.streams);
    const seedIds = idsOf(manifest.nodes, (node) => {
        return node.resource_type === 'seed' && seeds.has(node.name);
    });
    const sourceIds = idsOf(manifest.sources, (source) => {
        return source.source_name === loadRecord ? streams.size > 0 : streams.has(source.name);
    });
    const names = descendants([...seedIds, ...sourceIds], manifest.child_map).flatMap((id) => {
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
): readonly string[] {
    const found = new Set(roots);
    for (const id of found) for (const child of children[id] ?? []) found.add(child);
    return [...found];
}
