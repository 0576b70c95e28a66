import { readFileSync } from 'node:fs';

/** What we read of dbt's manifest. */
export interface Node {
    readonly unique_id: string;
    readonly name: string;
    readonly resource_type: string;
    readonly original_file_path: string;
    readonly description: string;
    readonly raw_code: string;
    readonly compiled_code?: string;
    readonly relation_name: string | null;
    readonly columns: Readonly<Record<string, unknown>>;
    readonly config: { readonly contract?: { readonly enforced: boolean } };
    readonly depends_on: { readonly nodes: readonly string[]; readonly macros: readonly string[] };
}

export interface Macro {
    readonly name: string;
    readonly macro_sql: string;
    readonly original_file_path: string;
}

export interface Manifest {
    readonly nodes: Readonly<Record<string, Node>>;
    readonly macros: Readonly<Record<string, Macro>>;
    readonly unit_tests: Readonly<Record<string, { readonly model: string }>>;
}

/** The order in which things happen: a folder reads itself or a folder to its left. */
export const FOLDERS: readonly string[] = [
    'staging',
    'calendar',
    'attribution',
    'core',
    'lead_quality',
    'service',
    'kpis',
    'incentives',
    'finance',
    'pages',
];

/** One row of the table: what is counted, and the most it may be. */
export interface HouseRule {
    readonly what: string;
    readonly count: (house: House) => number;
    readonly limit: number;
}

export interface House {
    readonly models: readonly Node[];
    readonly parentsOf: (node: Node) => readonly Node[];
    readonly readersOf: (node: Node) => readonly Node[];
    readonly hasUnitTest: (node: Node) => boolean;
    readonly macros: readonly Macro[];
    readonly yamlLines: number;
}

export function readHouse(manifest: Manifest, yamlFiles: readonly string[]): House {
    const models = Object.values(manifest.nodes).filter((one) => one.resource_type === 'model');
    const byId = new Map(models.map((node) => [node.unique_id, node]));
    const parentsOf = (node: Node) =>
        [...new Set(node.depends_on.nodes)].flatMap((id) => byId.get(id) ?? []);
    const readers = new Map<string, Node[]>();
    for (const node of models) {
        for (const parent of parentsOf(node)) {
            readers.set(parent.name, [...(readers.get(parent.name) ?? []), node]);
        }
    }
    const tested = new Set(Object.values(manifest.unit_tests).map((test) => test.model));
    const lines = yamlFiles.map((file) => readFileSync(file, 'utf8').split('\n').length - 1);
    return {
        models,
        parentsOf,
        readersOf: (node) => readers.get(node.name) ?? [],
        hasUnitTest: (node) => tested.has(node.name),
        macros: Object.entries(manifest.macros)
            .filter(([id]) => id.startsWith('macro.jointly.'))
            .map(([, macro]) => macro),
        yamlLines: lines.reduce((sum, count) => sum + count, 0),
    };
}

export const folderOf = (node: Node) => node.original_file_path.split('/')[1] ?? '';
export const placeOf = (node: Node) => FOLDERS.indexOf(folderOf(node));
export const isStep = (node: Node) => node.original_file_path.split('/')[2] === 'steps';
const readsItself = (node: Node, parent: Node) => folderOf(node) === folderOf(parent);

/** Every "reader reads parent" that breaks the one sentence of the house. */
export function brokenReads(house: House): string[] {
    return house.models.flatMap((node) =>
        house
            .parentsOf(node)
            .filter((parent) => !readsItself(node, parent))
            .filter((parent) => placeOf(parent) > placeOf(node) || isStep(parent))
            .map((parent) => `${node.name} reads ${parent.name} of ${folderOf(parent)}`),
    );
}

/** The most that `weigh` adds up to along any path that ends at a model. */
function longestPath(house: House, weigh: (node: Node, parent: Node) => number): number {
    const known = new Map<string, number>();
    const lengthTo = (node: Node): number => {
        const before = known.get(node.name);
        if (before !== undefined) return before;
        const length = house
            .parentsOf(node)
            .reduce((most, parent) => Math.max(most, lengthTo(parent) + weigh(node, parent)), 0);
        known.set(node.name, length);
        return length;
    };
    return Math.max(...house.models.map(lengthTo));
}

function foldersReadingEachOther(house: House): number {
    const pairs = new Set(
        house.models.flatMap((node) =>
            house.parentsOf(node).map((parent) => `${folderOf(node)} ${folderOf(parent)}`),
        ),
    );
    const mutual = [...pairs].filter((pair) => {
        const [reader = '', read = ''] = pair.split(' ');
        return reader < read && pairs.has(`${read} ${reader}`);
    });
    return mutual.length;
}

const isIntermediate = (node: Node) => node.name.startsWith('int_');
const hasOneReader = (house: House) => (node: Node) =>
    isIntermediate(node) && house.readersOf(node).length === 1;

const withoutComments = (sql: string) =>
    sql.replace(/\{#[\s\S]*?#\}/g, '').replace(/--[^\n]*/g, '');

/** `' of '`: a text with a word and a blank, joined to another text, is a piece of a sentence. */
const SENTENCE =
    /\|\|\s*'[^'\n]*[A-Za-z]{2}[^'\n]* [^'\n]*'|\|\|\s*' [^'\n]*[A-Za-z]{2}[^'\n]*'|'[^'\n]*[A-Za-z]{2}[^'\n]* [^'\n]*'\s*\|\|/;
/** A pattern with a word and a blank is looked for in a sentence. */
const PARSED =
    /regexp_\w+\([^;]*?'[^'\n]*[a-z]{2,}[^'\n]* [^'\n]*'|\blike\s+'[^'\n]*[a-z]{2,} [^'\n]*'/;

const modelsMatching = (house: House, pattern: RegExp) =>
    house.models.filter((node) => pattern.test(node.raw_code)).length;

function sqlMatching(house: House, pattern: RegExp): number {
    const models = house.models.map((node) => node.raw_code);
    return [...models, ...house.macros.map((macro) => macro.macro_sql)].filter((sql) =>
        pattern.test(withoutComments(sql)),
    ).length;
}

/** Value over target, or target over value where less is better, wherever it stands. */
const ATTAINMENT = /exact_ratio\([^\n]*target['")]/;

export const HOUSE_RULES: readonly HouseRule[] = [
    { what: 'models', count: (house) => house.models.length, limit: 300 },
    {
        what: 'longest chain of models',
        count: (house) => longestPath(house, () => 1) + 1,
        limit: 30,
    },
    {
        what: 'intermediates with one reader',
        count: (house) => house.models.filter(hasOneReader(house)).length,
        limit: 40,
    },
    {
        what: 'those without a unit test of their own',
        count: (house) =>
            house.models.filter(hasOneReader(house)).filter((node) => !house.hasUnitTest(node))
                .length,
        limit: 0,
    },
    {
        what: 'reads of a folder on the right, or of steps of another folder',
        count: (house) => brokenReads(house).length,
        limit: 0,
    },
    {
        what: 'turns of the longest path back to the left',
        count: (house) =>
            longestPath(house, (node, parent) => (placeOf(parent) > placeOf(node) ? 1 : 0)),
        limit: 0,
    },
    {
        what: 'pairs of folders that read each other',
        count: foldersReadingEachOther,
        limit: 0,
    },
    {
        what: 'steps that read a mart of their own folder',
        count: (house) =>
            house.models
                .filter(isStep)
                .flatMap((node) =>
                    house
                        .parentsOf(node)
                        .filter((parent) => readsItself(node, parent) && !isStep(parent)),
                ).length,
        limit: 0,
    },
    {
        what: 'models that read rpt_ marts',
        count: (house) =>
            house.models.filter((node) =>
                house.parentsOf(node).some((parent) => parent.name.startsWith('rpt_')),
            ).length,
        limit: 0,
    },
    { what: 'lines of YAML', count: (house) => house.yamlLines, limit: 13_000 },
    {
        what: 'formulas of attainment',
        count: (house) => sqlMatching(house, ATTAINMENT),
        limit: 1,
    },
    {
        what: 'models that call exact_ratio',
        count: (house) => modelsMatching(house, /exact_ratio\(/),
        limit: 5,
    },
    {
        what: 'models and macros that build sentences',
        count: (house) => sqlMatching(house, SENTENCE),
        limit: 0,
    },
    {
        what: 'models and macros that parse sentences',
        count: (house) => sqlMatching(house, PARSED),
        limit: 0,
    },
];
