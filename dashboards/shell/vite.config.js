import { configVirtual } from '@evidence-dev/sdk/build/vite';
import { evidenceThemes } from '@evidence-dev/tailwind/vite-plugin';
import { sveltekit } from '@sveltejs/kit/vite';

/**
 * A company without ad spend must still get its site, so a component without rows says so instead
 * of stopping a strict build. Every other mistake in a page still stops it.
 */
const emptyIsNotAnError = {
    name: 'jointly:empty-is-not-an-error',
    enforce: 'pre',
    transform(code, id) {
        if (!id.endsWith('/core/EmptyChart.svelte')) return;
        const changed = code
            .replace("export let emptySet = 'error'", "export let emptySet = 'pass'")
            .replace("export let emptyMessage = 'No Records'", "export let emptyMessage = 'No data'");
        if (changed === code) throw new Error('EmptyChart.svelte has changed: look at emptyIsNotAnError again');
        return changed;
    },
};

export default {
    plugins: [emptyIsNotAnError, sveltekit(), configVirtual(), evidenceThemes()],
    optimizeDeps: {
        include: ['echarts-stat', 'echarts', 'blueimp-md5', 'nanoid', '@uwdata/mosaic-sql', 'debounce', '@duckdb/duckdb-wasm', 'apache-arrow', 'hyparquet'],
        exclude: ['svelte-icons', '@evidence-dev/universal-sql', '$evidence/config', '$evidence/themes'],
    },
    ssr: {
        external: ['blueimp-md5', 'nanoid', '@uwdata/mosaic-sql'],
    },
    server: { fs: { strict: false }, hmr: { overlay: true } },
    build: { chunkSizeWarningLimit: 4096, reportCompressedSize: false },
    logLevel: process.env.EVIDENCE_IS_BUILDING ? 'error' : 'info',
};
