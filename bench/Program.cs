using Convene.Bench;

if (args is ["cpu"])
    CpuTime.Run();
else
    BenchmarkDotNet.Running.BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
