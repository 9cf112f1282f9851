import { createIvsGateway } from 'ivs-graphql';
import { httpApiHandler } from 'ivs-graphql/lambda';

const gateway = createIvsGateway({
  backend: process.env.IVS_BACKEND ?? 'emulator',
  awsRegion: process.env.AWS_REGION,
  host: '0.0.0.0',
  authMode: 'none', // or jwt: see authJwksUri, authIssuer, authAudience
});
export const handler = httpApiHandler(gateway);
