import express from 'express';
import { createIvsGateway } from 'ivs-graphql';

const gateway = await createIvsGateway({ backend: 'emulator', path: '/api/graphql' });
const app = express();
app.all(gateway.path, gateway.handler);

const server = app.listen(process.env.PORT ?? 3000);
server.on('upgrade', gateway.upgrade);
process.once('SIGTERM', () => gateway.close().finally(() => process.exit()));
