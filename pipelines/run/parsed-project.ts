import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import { glob } from 'tinyglobby';
import { projectRoot, type StatePaths } from '../config.ts';
import { hashFiles, hashValues } from './hash-files.ts';

/** All that dbt reads of the project; the company's own rules are read when a model runs. */
const projectFiles = [
    'models/**',
    'macros/**',
    'test/dbt/**',
    'dbt_project.yml',
    'profiles.yml',
    'requirements.txt',
];

/** Nothing in it is of a company, so all companies use what was parsed for one. */
const folder = join(projectRoot, '.jointly', 'parsed');

/** What dbt made of the project when it parsed it, or will have made of it. */
export interface ParsedProject {
    readonly file: string;
    readonly isThere: boolean;
    readonly paths: Pick<StatePaths, 'warehouse' | 'seeds'>;
}

/** Hash of the models, macros, tests and settings of dbt. */
export const hashProject = () => hashFiles(projectRoot, projectFiles);

/**
 * Where dbt's own form of the project as it is now stands. Its name changes with what decides it: the
 * project, the names of the seeds, and the name of the warehouse, which is a part of every table's.
 */
export async function findParsedProject(paths: ParsedProject['paths']): Promise<ParsedProject> {
    const { warehouse, seeds } = paths;
    const seedFiles = await glob('**/*.csv', { cwd: seeds });
    const project = await hashProject();
    const own = hashValues(seedFiles.toSorted(), basename(warehouse, extname(warehouse)));
    const file = join(folder, `${project.slice(0, 16)}-${own.slice(0, 16)}.msgpack`);
    return { file, isThere: existsSync(file), paths };
}

/** Keeps what dbt has just parsed, unless the project changed meanwhile, and drops what is older. */
export async function keepParsedProject(parsed: ParsedProject, written: string): Promise<void> {
    if (!existsSync(written)) return;
    const now = await findParsedProject(parsed.paths);
    if (now.file !== parsed.file) return;
    const [project = ''] = basename(parsed.file).split('-');
    mkdirSync(dirname(parsed.file), { recursive: true });
    const draft = `${parsed.file}.${process.pid}`;
    copyFileSync(written, draft);
    renameSync(draft, parsed.file);
    const others = await glob(['*', `!${project}-*`], { cwd: folder, absolute: true });
    for (const other of others) rmSync(other, { force: true });
}
