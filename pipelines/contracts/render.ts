import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { argv, exit, stderr, stdout } from 'node:process';
import { fileURLToPath } from 'node:url';
import { renderMeasureMacro, renderMeasureModels } from './render-measures.ts';
import { renderRemovalMacros } from './render-removal.ts';
import { renderRuleSeeds } from './render-seeds.ts';
import { renderOpsSources, renderRawSources } from './render-sources.ts';
import { renderStreamMacros } from './render-streams.ts';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

/** Files that follow from the contracts, as path and content. */
export function renderedFiles(): readonly (readonly [path: string, content: string])[] {
    return [
        ['models/staging/files/_sources.yml', renderRawSources()],
        ['models/staging/jointly/_sources.yml', renderOpsSources()],
        ['seeds/_rules.yml', renderRuleSeeds()],
        ['macros/kpi_measures.sql', renderMeasureMacro()],
        ['macros/removable_streams.sql', renderRemovalMacros()],
        ['macros/stream_kinds.sql', renderStreamMacros()],
        ['models/kpis/steps/measures/_measures.yml', renderMeasureModels()],
    ];
}

/** Writes the rendered files, or with `--check` names those that differ. */
function main(): void {
    const stale = renderedFiles().filter(([path, content]) => {
        const file = resolve(root, path);
        return !existsSync(file) || readFileSync(file, 'utf8') !== content;
    });
    if (argv.includes('--check')) {
        if (stale.length === 0) return;
        stderr.write(`Not as the contracts say: ${stale.map(([path]) => path).join(', ')}\n`);
        stderr.write('fix: npm run render\n');
        exit(1);
    }
    for (const [path, content] of stale) writeFileSync(resolve(root, path), content);
    stdout.write(`${stale.length} of ${renderedFiles().length} files written\n`);
}

if (argv[1] === fileURLToPath(import.meta.url)) main();
