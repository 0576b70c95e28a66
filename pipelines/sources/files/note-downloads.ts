import { downloadOf, type FoundFile } from './find-files.ts';

/** What to say of files that a browser named after each other: which is taken for the later one. */
export function notesOnDownloads(files: readonly FoundFile[]): readonly string[] {
    const earlier = new Map<string, FoundFile>();
    const notes: string[] = [];
    for (const file of files) {
        const { name, number } = downloadOf(file.path);
        const before = earlier.get(name);
        earlier.set(name, file);
        if (before === undefined || number === 0) continue;
        notes.push(`${file.name} is read as a later download of ${before.name}`);
    }
    return notes;
}
