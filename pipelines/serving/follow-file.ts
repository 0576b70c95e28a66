import { statSync } from 'node:fs';

/**
 * What a file says, read anew when it has changed.
 *
 * @param read reads it; also asked, for its message, where there is no file
 * @throws what `read` throws, at once and whenever the file is read anew
 */
export function followFile<Content>(file: string, read: (file: string) => Content): () => Content {
    let known: { readonly version: string | undefined; readonly content: Content } | undefined;
    const follow = () => {
        const found = statSync(file, { throwIfNoEntry: false });
        const version = found && `${found.mtimeMs} ${found.size} ${found.ino}`;
        if (known === undefined || known.version !== version) {
            known = { version, content: read(file) };
        }
        return known.content;
    };
    follow();
    return follow;
}
