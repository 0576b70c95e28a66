import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve, sep } from 'node:path';
import { configVirtual } from '@evidence-dev/sdk/build/vite';
import { evidenceThemes } from '@evidence-dev/tailwind/vite-plugin';
import { sveltekit } from '@sveltejs/kit/vite';

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

const FRAMEWORK = '@evidence-dev/core-components';
const FRAMEWORK_FILES = resolve(import.meta.dirname, `../../node_modules/${FRAMEWORK}/dist`);

/** Where each name that an index of the framework exports stands: its file, and its name there. */
function exportsOf(index) {
    const beside = (path) => {
        const found = resolve(dirname(index), path);
        return existsSync(found) && statSync(found).isFile() ? found : join(found, 'index.js');
    };
    const text = readFileSync(index, 'utf8');
    return new Map([
        ...[...text.matchAll(/export \* from '([^']+)'/g)].flatMap(([, from]) => [
            ...exportsOf(beside(from)),
        ]),
        ...[...text.matchAll(/export \{([^}]+)\} from '([^']+)'/g)].flatMap(([, names, from]) =>
            names.split(',').map((one) => {
                const [name, alias = name] = one.trim().split(' as ');
                return [alias, { file: beside(from).replaceAll(sep, '/'), name }];
            }),
        ),
    ]);
}

const ofFramework = exportsOf(join(FRAMEWORK_FILES, 'index.js'));

/**
 * The framework's index brings all its components into every build, maps and editors too: a page
 * imports those it shows, each from its own file.
 */
const importWhatIsShown = {
    name: 'jointly:import-what-is-shown',
    transform(code) {
        if (!code.includes(FRAMEWORK)) return;
        const imports = /import\s*\{([^}]*)\}\s*from\s*['"]@evidence-dev\/core-components['"];?/g;
        return code.replace(imports, (statement, names) => {
            const wanted = names
                .split(',')
                .map((one) => one.trim())
                .filter(Boolean);
            const direct = wanted.map((one) => {
                const [name, alias = name] = one.split(' as ');
                const found = ofFramework.get(name);
                // In quotes of this kind, because a source map holds the statement as text.
                return found && `import { ${found.name} as ${alias} } from '${found.file}';`;
            });
            return direct.every(Boolean) ? direct.join(' ') : statement;
        });
    },
};

export default {
    plugins: [
        changeFramework,
        useOurs,
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
