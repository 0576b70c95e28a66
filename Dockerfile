# The whole product in one image: what it needs is installed when it is built, nothing when it runs.
FROM node:22-slim

# dbt runs in an environment of Python. Versions are those of the Debian that the image is made of.
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install --yes --no-install-recommends python3 python3-venv \
    && rm -rf /var/lib/apt/lists/*

# The pages are built beside their sources, and the state of a company is a volume: both belong to the
# user who runs it, who is not root.
RUN install --directory --owner=node --group=node /app /app/.jointly
WORKDIR /app
# The user "node" of the image.
USER 1000:1000

COPY --chown=node:node . .
RUN npm run setup && npm cache clean --force

VOLUME /app/.jointly
ENTRYPOINT ["node", "bin/jointly.mjs"]
CMD ["run", "--config", "/company/company.config.ts"]
