import { existsSync, readFileSync, statSync } from 'node:fs';
import { findPackageJSON } from 'node:module';
import { dirname, join, resolve, sep } from 'node:path';
import { configVirtual } from '@evidence-dev/sdk/build/vite';
import { evidenceThemes } from '@evidence-dev/tailwind/vite-plugin';
import { sveltekit } from '@sveltejs/kit/vite';
import { preprocessors } from './preprocess.js';

const SYSTEM_FONTS = `"system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"`;

/** Words in the framework's own components, as text of code: the build puts the language's own here. */
const WORDS = {
    noData: JSON.stringify(say('components.no_data')),
    loading: JSON.stringify(say('components.loading')),
    saveImage: JSON.stringify(say('components.save_image')),
    downloadData: JSON.stringify(say('components.download_data')),
    unreadable: JSON.stringify(say('components.unreadable_numbers')),
};

/**
 * What the product needs otherwise than the framework has it: [file, its text, our text].
 * A company without ad spend must still get its site, so a component without rows says so instead
 * of stopping a strict build; every other mistake in a page still stops it.
 */
const CHANGES = [
    ['/core/EmptyChart.svelte', "export let emptySet = 'error'", "export let emptySet = 'pass'"],
    [
        '/core/EmptyChart.svelte',
        "export let emptyMessage = 'No Records'",
        `export let emptyMessage = ${WORDS.noData}`,
    ],
    ['/ui/ChartLoading.svelte', 'Loading...', `{${WORDS.loading}}`],
    ['/viz/core/ECharts.svelte', 'text="Save Image"', `text={${WORDS.saveImage}}`],
    ['/viz/core/ECharts.svelte', 'text="Download Data"', `text={${WORDS.downloadData}}`],
    ['/component-utilities/src/echartsThemes.js', "['Inter', 'sans-serif']", SYSTEM_FONTS],
    // A title set in another font than the framework's own is cut at the top edge.
    ['/component-utilities/src/echartsThemes.js', "top: '1px'", "top: '4px'"],
    // The last label of an axis is left out like any other where it would touch the one before.
    [
        '/viz/core/_Chart.svelte',
        "showMaxLabel: xType === 'category' || xType === 'value'",
        "showMaxLabel: xType === 'value' || (xType === 'category' ? null : false)",
    ],
    // Three updates come while a page starts; each would draw the chart anew, and once more for its size.
    [
        '/component-utilities/src/echarts.js',
        '\t\t\tupdateChart(options);',
        `cancelAnimationFrame(frame);
        frame = requestAnimationFrame(() => updateChart(options));`,
    ],
    [
        '/component-utilities/src/echarts.js',
        'destroy() {',
        'destroy() {\n\t\t\tcancelAnimationFrame(frame);',
    ],
    ['/component-utilities/src/echarts.js', '\tlet chart;', '\tlet chart;\n\tlet frame;'],
    // Compiled at run time, a function would need 'unsafe-eval' in the content policy of every page.
    [
        '/apache-arrow/builder/valid.mjs',
        "let fnBody = '';",
        'const nulls = new Set(nullValues);\n    return (value) => !nulls.has(value);',
    ],
    // What the size of a bubble means has a name; the word behind it is of one language.
    ['/bubble/Bubble.svelte', " <span style='font-weight: 400;'> (size)</span>", ''],
    // Numbers that could not be read are never an empty table.
    [
        '/query-load/QueryLoad.svelte',
        '{:else if _data.error && $$slots.error}',
        `{:else if _data.error && !$$slots.error}
        <p class="failed" role="alert">{${WORDS.unreadable}} {_data.error.message}</p>
        {:else if _data.error && $$slots.error}`,
    ],
    // A chart has a name, and its numbers stand under it as a table.
    [
        '/viz/core/ECharts.svelte',
        "import EChartsCopyTarget from './EChartsCopyTarget.svelte';",
        `import EChartsCopyTarget from './EChartsCopyTarget.svelte';
        import ChartData from '$lib/ChartData.svelte';
        import { chartLabel } from '$lib/chart-rows.js';`,
    ],
    [
        '/viz/core/ECharts.svelte',
        'class="chart"',
        'class="chart" role="img" aria-label={chartLabel(config, evidenceChartTitle)}',
    ],
    [
        '/viz/core/ECharts.svelte',
        '{#if downloadableData ||',
        '<ChartData {config} title={evidenceChartTitle} />{#if downloadableData ||',
    ],
    // A changed filter keeps the old numbers until the new ones are there, or until they have failed.
    [
        '/usql/query/Query.js',
        `Promise.race([
						new Promise((r) => setTimeout(r, loadGracePeriod)),
						newQuery.fetch()
					])`,
        'fetched.catch(() => {})',
    ],
    ['/usql/query/Query.js', 'loadGracePeriod = 250, callback', 'callback'],
];

const changeFramework = {
    name: 'jointly:change-framework',
    enforce: 'pre',
    transform(code, id) {
        let changed = code;
        for (const [file, from, to] of CHANGES) {
            if (!id.endsWith(file)) continue;
            if (!changed.includes(from)) throw new Error(`${file} no longer contains ${from}`);
            // As a function: `$` in our text is no pattern.
            changed = changed.replaceAll(from, () => to);
        }
        return changed === code ? undefined : changed;
    },
};

/**
 * Modules of others that a component of ours stands in for: every chart is drawn by our form of the
 * library, which shows values as text, and writes numbers and days as the company does.
 */
const OURS = {
    echarts: 'safe-echarts.js',
    '@evidence-dev/component-utilities/formatting': 'chart-formatting.js',
    '@evidence-dev/component-utilities/formatTitle': 'column-titles.js',
    './formatTitle.js': 'column-titles.js',
};

const COMPONENTS = join(import.meta.dirname, 'src/components');
/** The framework imports components into pages from where authors write them: without their words. */
const AUTHORS = resolve(import.meta.dirname, '../../components') + sep;

const useOurs = {
    name: 'jointly:our-modules',
    enforce: 'pre',
    resolveId(source, importer) {
        const file = source in OURS ? join(COMPONENTS, OURS[source]) : withWords(source, importer);
        return importer === file ? undefined : file;
    },
};

function withWords(source, importer = '') {
    const file = resolve(dirname(importer), source);
    return file.startsWith(AUTHORS) ? join(COMPONENTS, file.slice(AUTHORS.length)) : undefined;
}

/** Packages whose index brings all they have into every build, maps and editors too. */
const INDEXED = ['@evidence-dev/core-components', 'bits-ui', '@melt-ui/svelte'];
/** Packages of thousands of icons in one file, each a line of it. */
const ICONS = ['@steeze-ui/tabler-icons', '@steeze-ui/radix-icons'];
const IMPORTS = new RegExp(
    String.raw`import\s*\{([^}]*)\}\s*from\s*['"](${[...INDEXED, ...ICONS].join('|')})['"];?`,
    'g',
);

/** Where each name that an index exports stands: its file, and its name there (`*` for all of it). */
function exportsOf(index) {
    const beside = (path) => {
        const found = resolve(dirname(index), path);
        return existsSync(found) && statSync(found).isFile() ? found : join(found, 'index.js');
    };
    const text = readFileSync(index, 'utf8');
    const own = text.matchAll(/^export (?:const|function) (\w+)/gm);
    const named = text.matchAll(/export \{([^}]+)\} from ['"]([^'"]+)['"]/g);
    const all = text.matchAll(/export \* (?:as (\w+) )?from ['"]([^'"]+)['"]/g);
    return new Map([
        ...[...own].map(([, name]) => [name, { file: index, name }]),
        ...[...all].flatMap(([, alias, from]) =>
            alias ? [[alias, { file: beside(from), name: '*' }]] : [...exportsOf(beside(from))],
        ),
        ...[...named].flatMap(([, names, from]) =>
            names.split(',').map((one) => {
                const [name, alias = name] = one.trim().split(' as ');
                return [alias, { file: beside(from), name }];
            }),
        ),
    ]);
}

const indexes = new Map();

/** The statement that imports a name of a package from where it stands. */
function importDirectly(importer, source, [name, alias = name]) {
    const index = join(dirname(findPackageJSON(source, importer)), 'dist/index.js');
    if (!indexes.has(index)) indexes.set(index, exportsOf(index));
    const found = indexes.get(index).get(name);
    if (!found) return;
    const file = found.file.replaceAll(sep, '/') + (ICONS.includes(source) ? `?icon=${name}` : '');
    // In quotes of this kind, because a source map holds the statement as text.
    const what = found.name === '*' ? `* as ${alias}` : `{ ${found.name} as ${alias} }`;
    return `import ${what} from '${file}';`;
}

/** A page imports the components it shows, each from its own file. */
const importWhatIsShown = {
    name: 'jointly:import-what-is-shown',
    load(id) {
        const [, file, icon] = /^(.+)\?icon=(\w+)$/.exec(id) ?? [];
        if (!file) return;
        const start = `export const ${icon} = `;
        return readFileSync(file, 'utf8')
            .split('\n')
            .find((line) => line.startsWith(start));
    },
    transform(code, id) {
        const changed = code.replace(IMPORTS, (statement, names, source) => {
            const wanted = names
                .split(',')
                .map((one) => one.trim())
                .filter(Boolean);
            const direct = wanted.map((one) =>
                importDirectly(id.replace(/\?.*$/, ''), source, one.split(' as ')),
            );
            return direct.every(Boolean) ? direct.join(' ') : statement;
        });
        return changed === code ? undefined : changed;
    },
};

export default {
    plugins: [
        changeFramework,
        useOurs,
        ...preprocessors,
        sveltekit(),
        importWhatIsShown,
        configVirtual(),
        evidenceThemes(),
    ],
    optimizeDeps: {
        include: [
            'echarts-stat',
            'echarts',
            'blueimp-md5',
            'nanoid',
            '@uwdata/mosaic-sql',
            'debounce',
            '@duckdb/duckdb-wasm',
            'apache-arrow',
            'hyparquet',
        ],
        exclude: [
            'svelte-icons',
            '@evidence-dev/universal-sql',
            '$evidence/config',
            '$evidence/themes',
        ],
    },
    ssr: {
        external: ['blueimp-md5', 'nanoid', '@uwdata/mosaic-sql'],
    },
    server: { fs: { strict: false }, hmr: { overlay: true } },
    build: { chunkSizeWarningLimit: 4096, reportCompressedSize: false },
    logLevel: process.env.EVIDENCE_IS_BUILDING ? 'error' : 'info',
};
