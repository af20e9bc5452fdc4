export * from './clock';
export * from './format';
export * from './wall';
export * from './zones';
export { T } from './temporal';
export { useNow } from './useNow';
