import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { isReference } from '../contracts/rule.ts';
import { rules } from '../contracts/rules/registry.ts';
import { ConfigError } from '../errors.ts';
import { rulesGuide } from './rules-guide.ts';
import { starterConfig } from './starter-config.ts';

/**
 * Writes a config with every setting explained, a folder for exports, the empty rule files and
 * what their columns mean.
 * @returns what was written, a line each
 * @throws ConfigError when a config is there already
 */
export function writeStarter(folder: string, inputs?: string): readonly string[] {
    const config = join(folder, 'company.config.ts');
    assertNew(folder);
    mkdirSync(join(folder, 'exports'), { recursive: true });
    writeFileSync(config, starterConfig(companyId(folder), inputs));
    const own = rules.filter((contract) => !isReference(contract));
    for (const contract of own) {
        const file = join(folder, 'rules', `${contract.file}.csv`);
        if (existsSync(file)) continue;
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, `${contract.columns.map((column) => column.name).join(',')}\n`);
    }
    writeFileSync(join(folder, 'rules', 'README.md'), rulesGuide());
    return [
        `${config}: every setting with its meaning`,
        `${join(folder, 'exports')}: put your exports here`,
        `${join(folder, 'rules')}: people, product lines, rules of lead quality, targets and bonus plans as CSV; README.md explains each`,
        `next: npx jointly connect SYSTEM --config ${config} (npx jointly sources list names them)`,
        `or, with exports in place: npx jointly doctor --config ${config}`,
    ];
}

/** @throws ConfigError when the folder has a config already */
export function assertNew(folder: string): void {
    const config = join(folder, 'company.config.ts');
    if (!existsSync(config)) return;
    throw new ConfigError({
        what: `${config} is there already.`,
        fix: 'edit it, or give another folder: npx jointly init FOLDER',
    });
}

/** The name of the folder as a company's id. */
function companyId(folder: string): string {
    const words = basename(resolve(folder)).normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
    return words.replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '') || 'my-company';
}
