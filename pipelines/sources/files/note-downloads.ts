import { downloadOf, type FoundFile } from './find-files.ts';

/**
 * What to say of files that a browser named after each other: which of them is taken for the later
 * one, and where the times of the files say otherwise.
 */
export function notesOnDownloads(files: readonly FoundFile[]): readonly string[] {
    const earlier = new Map<string, FoundFile>();
    const notes: string[] = [];
    for (const file of files) {
        const { name, number } = downloadOf(file.path);
        const before = earlier.get(name);
        earlier.set(name, file);
        if (before === undefined || number === 0) continue;
        const contrary =
            file.modifiedMs < before.modifiedMs ? ', although it was written before it' : '';
        notes.push(`${file.name} is read as a later download of ${before.name}${contrary}`);
    }
    return notes;
}
