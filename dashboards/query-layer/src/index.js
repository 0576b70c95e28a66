/**
 * The framework calls this from its own `sources` command. Data files are written by
 * `build.mjs` straight from the warehouse, with exact types and without a JavaScript hop.
 *
 * @throws {Error} always, naming the command to use
 */
export function buildMultipartParquet() {
    throw new Error(
        'Data files are exported by `node build.mjs --warehouse FILE`, not by `sources`.',
    );
}
