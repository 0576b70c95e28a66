import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type Config, projectRoot } from '../../pipelines/config.ts';
import type { InputConfig } from '../../pipelines/config-schema.ts';
import { ConfigError } from '../../pipelines/errors.ts';
import { composeRules } from '../../pipelines/rules/compose-rules.ts';

export type RuleFiles = Readonly<Record<string, readonly string[]>>;

/** A line of a rule file (the header is line 1) and what stands there instead; empty takes it out. */
export type Change = readonly [file: string, line: number, text: string];

/** Defaults of the product as lines of a file. */
export function builtIn(file: string): readonly string[] {
    return readFileSync(join(projectRoot, 'seeds', `${file}.csv`), 'utf8')
        .trimEnd()
        .split('\n');
}

interface Company {
    readonly files: RuleFiles;
    /** Inputs of the config; without them there are none. */
    readonly inputs: readonly InputConfig[];
}

/**
 * Composes rules with some lines changed as a run does, before anything is built.
 * @returns what the refusal says from its place on, or undefined when they are accepted
 */
export async function refusalOf(
    rules: RuleFiles | Company,
    ...changes: readonly Change[]
): Promise<string | undefined> {
    const { files, inputs } = 'inputs' in rules ? (rules as Company) : { files: rules, inputs: [] };
    const directory = mkdtempSync(join(tmpdir(), 'jointly-rules-'));
    try {
        const changed = Object.fromEntries(
            Object.entries(files).map(([file, lines]) => [file, [...lines]]),
        );
        for (const [file, line, text] of changes) {
            const lines = changed[file];
            if (!lines) throw new Error(`${file} is not among the files of the test`);
            lines[line - 1] = text;
        }
        for (const [file, lines] of Object.entries(changed)) {
            const path = join(directory, 'rules', `${file}.csv`);
            mkdirSync(dirname(path), { recursive: true });
            writeFileSync(path, `${lines.filter((line) => line !== '').join('\n')}\n`);
        }
        const config = {
            company: {},
            rules: join(directory, 'rules'),
            inputs,
        } as unknown as Config;
        await composeRules(config, join(directory, 'written'));
        return undefined;
    } catch (error) {
        if (!(error instanceof ConfigError)) throw error;
        return error.message.replaceAll(`${join(directory, 'rules')}/`, '');
    } finally {
        rmSync(directory, { recursive: true, force: true });
    }
}
