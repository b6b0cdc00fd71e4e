namespace Regard.Insight;

/// <summary>
/// Finds the greatest value of a smooth function of a few positive parameters: BFGS on their logarithms (Nocedal and Wright, Numerical
/// Optimization, 2nd ed., algorithm 6.1) with a backtracking line search. It never leaves the positive numbers, and it never throws:
/// where the search ends without a flat gradient, or runs to an edge 3,000 times the start, the answer says so.
/// </summary>
internal static class Maximum
{
    private const int MostSteps = 100;
    private const double LongestStep = 2, Furthest = 9, Edge = 8;

    /// <summary>The function's value, and its gradient by the parameters themselves (not by their logarithms).</summary>
    public delegate double Objective(ReadOnlySpan<double> parameters, Span<double> gradient);

    /// <param name="objective">What is made as great as possible.</param>
    /// <param name="start">Positive.</param>
    /// <param name="scale">The value is divided by it: the number of customers, so that the tolerance means the same in every shop.</param>
    /// <param name="tolerance">The search ends when the gradient by the logarithms, divided by the scale, is not longer than this.</param>
    public static Optimum Find(Objective objective, ReadOnlySpan<double> start, double scale, double tolerance = 1e-8)
    {
        var state = new Search(objective, start, scale);
        for (var step = 0; step < MostSteps && state.GradientNorm > tolerance && !state.IsAtEdge; step++)
            if (!state.Step()) break;
        return new Optimum([.. state.Point.Select(p => Math.Exp(p))], -state.Value * scale, state.GradientNorm, state.Evaluations, state.GradientNorm <= Math.Max(tolerance, 1e-6));
    }

    /// <summary>
    /// Standard errors from the curvature at the maximum (the inverse of the observed information), by central differences of the
    /// gradient in the logarithms. NaN where the maximum is no peak in that direction.
    /// </summary>
    public static double[] StandardErrors(Objective objective, ReadOnlySpan<double> at)
    {
        const double H = 1e-4;
        var n = at.Length;
        var information = new double[n, n];
        double[] up = new double[n], down = new double[n], shifted = at.ToArray();
        for (var i = 0; i < n; i++)
        {
            Shift(H, up);
            Shift(-H, down);
            for (var j = 0; j < n; j++) information[i, j] = -(up[j] - down[j]) / (2 * H);

            void Shift(double by, double[] gradient)
            {
                var whole = shifted[i];
                shifted[i] *= Math.Exp(by);
                objective(shifted, gradient);
                for (var j = 0; j < n; j++) gradient[j] *= shifted[j];
                shifted[i] = whole;
            }
        }
        var variances = Linear.InverseDiagonal(information);
        var errors = new double[n];
        for (var i = 0; i < n; i++) errors[i] = at[i] * Math.Sqrt(variances[i] > 0 ? variances[i] : double.NaN);
        return errors;
    }

    private sealed class Search
    {
        private readonly Objective _objective;
        private readonly double _scale;
        private readonly double[] _start;
        private readonly double[,] _inverse;
        private double[] _gradient;
        private bool _isFresh = true;

        public Search(Objective objective, ReadOnlySpan<double> start, double scale)
        {
            (_objective, _scale) = (objective, scale);
            Point = _start = [.. start.ToArray().Select(p => Math.Log(p))];
            _inverse = new double[start.Length, start.Length];
            _gradient = new double[start.Length];
            Value = Evaluate(Point, _gradient);
            Reset();
        }

        public double[] Point { get; private set; }

        /// <summary>The function turned over, so that it is made small.</summary>
        public double Value { get; private set; }

        public int Evaluations { get; private set; }

        public double GradientNorm => Linear.Norm(_gradient);

        /// <summary>Three thousand times the start or less than a three-thousandth: on the way to infinity.</summary>
        public bool IsAtEdge => Distance(Point) > Edge;

        public bool Step()
        {
            var direction = Direction();
            var slope = Linear.Dot(direction, _gradient);
            var length = Math.Min(1, LongestStep / Linear.Norm(direction));
            var gradient = new double[Point.Length];
            for (var halved = 0; halved < 40; halved++, length *= 0.4)
            {
                var point = Linear.Plus(Point, length, direction);
                var value = Evaluate(point, gradient);
                // Close to the peak the value no longer changes in its last digits, and the gradient decides.
                var isLower = value <= Value + (1e-4 * length * slope);
                var isFlatter = value <= Value + (1e-14 * Math.Abs(Value)) && Linear.Norm(gradient) < GradientNorm;
                if (!double.IsFinite(value) || !(isLower || isFlatter)) continue;
                Update(point, gradient);
                (Point, Value, _gradient) = (point, value, gradient);
                return true;
            }
            if (_isFresh) return false;
            Reset();
            return true;
        }

        private double[] Direction()
        {
            var direction = Linear.Times(_inverse, _gradient, -1);
            if (Linear.Dot(direction, _gradient) < 0) return direction;
            Reset();
            return Linear.Times(_inverse, _gradient, -1);
        }

        private void Update(double[] point, double[] gradient)
        {
            double[] s = Linear.Plus(point, -1, Point), y = Linear.Plus(gradient, -1, _gradient);
            var sy = Linear.Dot(s, y);
            if (sy <= 1e-14 * Linear.Norm(s) * Linear.Norm(y)) return;
            if (_isFresh) Linear.SetDiagonal(_inverse, sy / Linear.Dot(y, y));
            _isFresh = false;
            var hy = Linear.Times(_inverse, y, 1);
            var factor = (1 + (Linear.Dot(y, hy) / sy)) / sy;
            for (var i = 0; i < s.Length; i++)
                for (var j = 0; j < s.Length; j++) _inverse[i, j] += (factor * s[i] * s[j]) - (((hy[i] * s[j]) + (s[i] * hy[j])) / sy);
        }

        private void Reset()
        {
            Linear.SetDiagonal(_inverse, 1 / Math.Max(1, GradientNorm));
            _isFresh = true;
        }

        private double Distance(double[] point) => point.Zip(_start, (p, s) => Math.Abs(p - s)).Max();

        private double Evaluate(double[] point, double[] gradient)
        {
            if (Distance(point) > Furthest) return double.PositiveInfinity;
            Evaluations++;
            double[] parameters = [.. point.Select(p => Math.Exp(p))];
            var value = -_objective(parameters, gradient) / _scale;
            for (var i = 0; i < gradient.Length; i++) gradient[i] *= -parameters[i] / _scale;
            return value;
        }
    }
}

/// <summary>Where a search ended.</summary>
/// <param name="Parameters">Positive.</param>
/// <param name="Value">Of the function there.</param>
/// <param name="GradientNorm">By the logarithms of the parameters, divided by the scale.</param>
/// <param name="Evaluations">How often the function was asked.</param>
/// <param name="IsConverged">Whether the gradient is flat to 10⁻⁶.</param>
internal sealed record Optimum(double[] Parameters, double Value, double GradientNorm, int Evaluations, bool IsConverged);
